/** A text as an SQL literal. Standard SQL knows no escape but the doubled quote. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
