import { Markup, markup } from '../markup.js';
import type { Assets } from './assets.js';

/** The page up to its main part. It may load nothing, and runs the one script that it holds. */
export function documentStart(
  title: string,
  assets: Assets,
  contents: readonly (readonly [id: string, title: string])[],
): Markup {
  const links = contents.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Markup.trusted(assets.policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${Markup.trusted(assets.style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the verdict</a>
<nav aria-label="Contents"><ul>${links}</ul></nav>
<main id="main" tabindex="-1">
`;
}

/** From the main part's end on. */
export function documentEnd(footer: string, assets: Assets): Markup {
  return markup`</main>
<footer><p>${footer}</p></footer>
<script>${Markup.trusted(assets.script)}</script>
</body>
</html>
`;
}
