/** Commands whose output people paste; a bare `# ` before any other word is a comment. */
const COMMANDS =
  'kubectl|oc|k|k3s|microk8s|minikube|crictl|docker|nerdctl|ctr|sudo|cat|less|more|head|tail|grep|zgrep|tcpdump|tshark|conntrack|dig|nslookup|host|getent|drill|kdig|resolvectl|systemd-resolve|date|journalctl|dmesg|ss|netstat|ethtool|nstat|sysctl|ip|iptables|nft|aws|watch|while|for|ssh|stern|kubetail|curl|wget|time|egrep|ping|cilium|hubble';
const PLACE =
  '(?:\\(.{1,80}\\)\\s*)?(?:\\[[^\\]]{1,80}\\]|[\\w.-]{1,60}@[\\w.:~/-]{1,80}|[~/][\\w./-]{0,80}|(?:sh|bash)-[\\d.]+)';
const PROMPT = new RegExp(
  `^\\s{0,4}(?:${PLACE} ?[$#%>❯] ?\\S.{0,2000}|[$❯➜] \\S.{0,2000}|[#%>] (?:${COMMANDS})\\b.{0,2000})$`,
  's',
);

/** Whether a line is a prompt of a shell with a command behind it, or a name of a file as head and tail print it. */
export function isPrompt(line: string): boolean {
  return PROMPT.test(line) || /^==> .{1,300} <==$/.test(line);
}
