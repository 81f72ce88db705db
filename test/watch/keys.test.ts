import { describe, expect, it } from 'vitest';
import { type Action, press, type ScreenState, UNTOUCHED } from '../../src/watch/keys.js';

const ENTER = '\r';
const ESCAPE = '\u001b';
const DOWN = '\u001b[B';
const UP = '\u001b[A';

/** A screen after keys, and what they asked for. */
function after(
  keys: readonly string[],
  state: ScreenState = UNTOUCHED,
): { state: ScreenState; asked: Action[] } {
  const asked: Action[] = [];
  for (const key of keys) {
    const pressed = press(state, key);
    state = pressed.state;
    if (pressed.action !== null) asked.push(pressed.action);
  }
  return { state, asked };
}

const typed = (text: string) => [...text];

describe('the keys of a screen', () => {
  it('hold it, and let it go on', () => {
    expect(after(['p']).state.isPaused).toBe(true);
    expect(after(['p', 'p']).state).toEqual(UNTOUCHED);
  });

  it('narrow it to what is typed, which Escape takes back', () => {
    const narrowed = after(['/', ...typed('shop/'), '\u007f', ...typed(' '), ENTER]);
    expect(narrowed.state).toEqual({ ...UNTOUCHED, filter: 'shop' });
    expect(after([ESCAPE], narrowed.state).state).toEqual(UNTOUCHED);
    expect(after(['/', ENTER], narrowed.state).state.filter).toBeNull();
  });

  it('leave what it is narrowed to where Escape ends the typing', () => {
    const { state } = after(['/', 'a', ENTER, '/', 'b', ESCAPE]);
    expect(state).toEqual({ ...UNTOUCHED, filter: 'a' });
  });

  it('are characters while something is typed, and commands again after it', () => {
    const { state, asked } = after(['/', ...typed('qwp/o')]);
    expect(state.prompt).toEqual({ asks: 'narrow', text: 'qwp/o' });
    expect(asked).toEqual([]);
    expect(after([ENTER, 'q'], state).asked).toEqual([{ do: 'quit' }]);
  });

  it('take no control characters, no other keys of several characters, and no more than a name has', () => {
    const { state } = after(['/', '\u0007', '\t', DOWN, ...typed('a'.repeat(300))]);
    expect(state.prompt?.text).toBe('a'.repeat(255));
  });

  it('ask for the story of what is typed, and of the worst where nothing is', () => {
    expect(after(['o', ...typed('db.example'), ENTER]).asked).toEqual([{ do: 'open', word: 'db.example' }]);
    expect(after(['o', ENTER]).asked).toEqual([{ do: 'open', word: 'worst' }]);
    expect(after(['o', ESCAPE]).asked).toEqual([]);
  });

  it('read a story line by line, not past its ends, and go back by any other', () => {
    const story = { ...UNTOUCHED, story: { lines: ['one', 'two', 'three'], at: 0 } };
    const at = (...keys: string[]) => after(keys, story).state.story?.at;
    expect([at(UP), at(DOWN), at('j', 'j'), at('j', 'j', 'j', DOWN), at('j', 'j', 'k', UP, UP)]).toEqual([
      0, 1, 2, 2, 0,
    ]);
    const back = after(['q'], story);
    expect([back.state.story, back.asked]).toEqual([null, []]);
  });

  it('ask to write what is kept, and end what was said before', () => {
    const said = { ...UNTOUCHED, message: 'written' };
    expect(after(['w'], said)).toEqual({ state: UNTOUCHED, asked: [{ do: 'write' }] });
    expect(after(['x'], said)).toEqual({ state: UNTOUCHED, asked: [] });
  });
});
