/** What is being typed, and what for. */
export interface Prompt {
  asks: 'narrow' | 'story';
  text: string;
}

/** What the user made of a screen so far. */
export interface ScreenState {
  isPaused: boolean;
  /** What lists are narrowed to. */
  filter: string | null;
  prompt: Prompt | null;
  /** A story in the place of the view, and its first line shown. */
  story: { lines: readonly string[]; at: number } | null;
  /** A sentence until the next key. */
  message: string | null;
}

/** What a key asks for that takes more than the screen itself. */
export type Action = { do: 'quit' } | { do: 'write' } | { do: 'open'; word: string };

export interface Pressed {
  state: ScreenState;
  action: Action | null;
}

/** A screen that nobody touched. */
export const UNTOUCHED: ScreenState = {
  isPaused: false,
  filter: null,
  prompt: null,
  story: null,
  message: null,
};

const UP = ['\u001b[A', '\u001bOA', 'k'];
const DOWN = ['\u001b[B', '\u001bOB', 'j'];
const ESCAPE = '\u001b';
const ENTER = ['\r', '\n'];
const BACKSPACE = ['\u007f', '\b'];
/** Characters that are typed at most; a name has 255. */
const MOST_TYPED = 255;
/** The lookup whose story is told where none is named. */
const WORST = 'worst';

/** What a key makes of a screen, and what it asks for. */
export function press(state: ScreenState, key: string): Pressed {
  if (state.prompt !== null) return typed(state, state.prompt, key);
  if (state.story !== null) return only({ ...state, story: scrolled(state.story, key) });
  return commanded({ ...state, message: null }, key);
}

function only(state: ScreenState): Pressed {
  return { state, action: null };
}

function commanded(state: ScreenState, key: string): Pressed {
  switch (key) {
    case 'q':
      return { state, action: { do: 'quit' } };
    case 'w':
      return { state, action: { do: 'write' } };
    case 'p':
      return only({ ...state, isPaused: !state.isPaused });
    case '/':
      return only({ ...state, prompt: { asks: 'narrow', text: '' } });
    case 'o':
      return only({ ...state, prompt: { asks: 'story', text: '' } });
    case ESCAPE:
      return only({ ...state, filter: null });
    default:
      return only(state);
  }
}

function typed(state: ScreenState, prompt: Prompt, key: string): Pressed {
  if (key === ESCAPE) return only({ ...state, prompt: null });
  if (ENTER.includes(key)) return entered({ ...state, prompt: null }, prompt);
  const text = BACKSPACE.includes(key)
    ? prompt.text.slice(0, -1)
    : key.length === 1 && key >= ' '
      ? (prompt.text + key).slice(0, MOST_TYPED)
      : prompt.text;
  return only({ ...state, prompt: { ...prompt, text } });
}

function entered(state: ScreenState, { asks, text }: Prompt): Pressed {
  const word = text.trim();
  if (asks === 'narrow') return only({ ...state, filter: word || null });
  return { state, action: { do: 'open', word: word || WORST } };
}

/** The story from another line on; null where the key goes back. */
function scrolled(story: NonNullable<ScreenState['story']>, key: string): ScreenState['story'] {
  const last = Math.max(0, story.lines.length - 1);
  if (UP.includes(key)) return { ...story, at: Math.max(0, story.at - 1) };
  if (DOWN.includes(key)) return { ...story, at: Math.min(last, story.at + 1) };
  return null;
}
