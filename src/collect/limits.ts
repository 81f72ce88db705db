/** How long packets and counters are gathered without --for; seconds. */
export const DEFAULT_SECONDS = 60;

/** The longest that may be asked for; what is made in the cluster ends by itself soon after. */
export const MOST_SECONDS = 3600;

/** Nodes that are captured on at once, each with three streams through the API server. */
export const MOST_NODES = 10;

/** Pods whose resolv.conf is read: all that were named, else one of each workload. */
export const MOST_PODS = 40;

/** Pods that are captured in with --in-pod. */
export const MOST_INSIDE = 6;

/** Private zones of a VPC whose records are listed. */
export const MOST_ZONES = 20;

/** kubectls that run at once, those of captures and counters aside. */
export const AT_ONCE = 6;

/** Bytes of one file; a stream that is longer is ended there. */
export const MOST_FILE_BYTES = 2 ** 31;

/** Bytes of one answer that is held in memory to plan with. */
export const MOST_ANSWER_BYTES = 2 ** 28;

/** Bytes of one container's log, from its end. */
export const MOST_LOG_BYTES = 2 ** 28;

/** Servers whose logs are read. */
export const MOST_LOGGED = 50;

/** How far back logs go before the start; seconds. */
export const LOG_SECONDS_BEFORE = 600;

/** Seconds that one kubectl may take beside the time that it gathers for. */
export const PATIENCE_SECONDS = 60;

/** Seconds that a helper pod may live beyond the time that is gathered for; then the cluster ends it. */
export const HELPER_GRACE_SECONDS = 180;

/** Seconds that may pass until the servers log after their configuration was changed: kubelet's minute, then reload's 30 s and jitter. */
export const LOG_SWITCH_SECONDS = 180;

/** Questions for a node's time; the one that was answered soonest counts. */
export const CLOCK_SAMPLES = 5;

/** Time that a command gets to end by itself when its standard input is closed; milliseconds. */
export const GENTLE_MS = 4000;
