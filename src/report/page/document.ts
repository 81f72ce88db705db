import { html as escaped } from '../escape.js';
import type { Assets } from './assets.js';

/** The page up to its main part. It may load nothing, and runs the one script that it holds. */
export function documentStart(
  title: string,
  assets: Assets,
  contents: readonly (readonly [id: string, title: string])[],
): string {
  const links = contents.map(([id, name]) => `<li><a href="#${id}">${escaped(name)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${assets.policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${assets.style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the verdict</a>
<nav aria-label="Contents"><ul>${links.join('')}</ul></nav>
<main id="main" tabindex="-1">
`;
}

/** From the main part's end on. */
export function documentEnd(footer: string, assets: Assets): string {
  return `</main>
<footer><p>${escaped(footer)}</p></footer>
<script>${assets.script}</script>
</body>
</html>
`;
}
