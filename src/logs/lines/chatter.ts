/** What collectors say themselves between the lines of a log: it stands for no line of the server. */
const CHATTER = [
  /^"?@?timestamp"?,/i,
  /^[+-] \S+ › \S+$/u,
  /^==> .+ <==$/,
  /^Found \d+ pods, using pod\//,
  /^Default(?:ed|ing) container (?:name )?"?[\w-]+"? (?:out of|to)/,
  /^-- (?:Logs begin at|Journal begins|Boot |Reboot|No entries|cursor: )/,
  /^--$/,
  /^Will tail \d+ logs/,
];

export function isChatter(text: string): boolean {
  return CHATTER.some((pattern) => pattern.test(text));
}
