/** An error's words without the figures that differ from case to case. */
export function said(error) {
  return `${error.name} ${error.message.split('\n')[0].replace(/-?\d+/g, 'N').slice(0, 200)}`;
}
