import { describe, expect, it } from 'vitest';
import { type Stretch, wayOf } from '../../../../src/report/page/incident/way.js';
import { drawWay, waySentences } from '../../../../src/report/page/incident/way-picture.js';
import { readXml } from '../../../support/xml.js';

function stretch(from: string, to: string, given: Partial<Stretch> = {}): Stretch {
  const [from_role = '', from_name = null] = from.split(' ');
  const [to_role = '', to_name = ''] = to.split(' ');
  const counts = { queries: 100, answered: 100, lost: 0, replies_lost: 0, silent: 0, unseen: 0, late: 0 };
  return { from_role, from_name, to_role, to_name, ...counts, lost_at: null, ...given };
}

const TO_SERVICE = stretch('programs n1', 'service dns');
const TO_SERVER = stretch('service dns', 'coredns one');
const WORDS = { title: 'The way', description: '' };

/** The texts of the picture, in order. */
function texts(rows: Stretch[], width = 1240): string[] {
  const { text: svg } = drawWay(wayOf(rows), WORDS, width);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  readXml(svg);
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!);
}

describe('the way of the queries', () => {
  it('leads from the pods over their node and the service to CoreDNS and upstream', () => {
    const { layers, arrows } = wayOf([TO_SERVICE, TO_SERVER, stretch('coredns one', 'upstream 10.0.0.2')]);
    expect(layers.map(({ title, places }) => [title, places.map(({ name }) => name)])).toEqual([
      ['Pods', ['']],
      ['Node', ['n1']],
      ['Service', ['dns']],
      ['CoreDNS', ['one']],
      ['Upstream', ['10.0.0.2']],
    ]);
    expect(arrows.map(({ from, to, counts }) => [from.kind, to.kind, counts?.queries])).toEqual([
      ['programs', 'node', 100],
      ['node', 'service', 100],
      ['service', 'coredns', 100],
      ['coredns', 'upstream', 100],
    ]);
  });

  it('draws what was not seen as not seen, with no number on its arrow', () => {
    const { layers, arrows } = wayOf([stretch('programs', 'service dns')]);
    expect(layers.map(({ places }) => places[0]!.name)).toEqual([
      '',
      'not known',
      'dns',
      'not seen',
      'not seen',
    ]);
    expect(arrows.filter(({ counts }) => counts === null).map(({ to }) => to.kind)).toEqual([
      'coredns',
      'upstream',
    ]);
    expect(drawWay(wayOf([]), WORDS, 1240).text).toContain('stroke-dasharray="5 4"');
  });

  it('has no service and no CoreDNS where programs ask a server that is neither', () => {
    const { layers } = wayOf([stretch('programs', 'server 10.0.0.9')]);
    expect(layers.map(({ title }) => title)).toEqual(['Pods', 'Node', 'DNS server', 'Upstream']);
  });

  it('has NodeLocal between the node and the service', () => {
    const rows = [stretch('programs n1', 'nodelocal n1'), stretch('nodelocal n1', 'service dns')];
    expect(wayOf(rows).layers.map(({ title }) => title)).toEqual([
      'Pods',
      'Node',
      'NodeLocal DNS',
      'Service',
      'CoreDNS',
      'Upstream',
    ]);
  });

  it('marks each loss on the arrow that it was on, and silence in the place that was silent', () => {
    const shown = texts([
      { ...TO_SERVICE, lost: 17 },
      { ...TO_SERVER, replies_lost: 3, silent: 34, late: 5 },
      stretch('coredns one', 'upstream 10.0.0.2', { lost: 8 }),
    ]);
    expect(shown).toEqual(
      expect.arrayContaining(['17 lost', '3 answers lost', '5 late', '34 unanswered', '8 unanswered']),
    );
  });

  it('says in words how many of how many, and where', () => {
    const { sentences } = wayOf([
      { ...TO_SERVICE, lost: 17, lost_at: "on n1, before CoreDNS's veth" },
      { ...TO_SERVER, replies_lost: 1, unseen: 2 },
    ]);
    expect(sentences).toEqual([
      "17 of 100 queries from programs on n1 to dns were lost on the way, most on n1, before CoreDNS's veth.",
      'The answers to 1 of 100 queries from dns to one left the server and did not arrive.',
      'Of 2 of 100 queries from dns to one this evidence does not show what became.',
    ]);
    expect(waySentences(wayOf([TO_SERVICE])).text).toContain('No query and no answer was lost on the way');
  });

  it('puts together the least asked of more places than it draws, with their counts', () => {
    const rows = Array.from({ length: 9 }, (_, i) =>
      stretch('service dns', `coredns c${i}`, { queries: 100 - i, lost: 1 }),
    );
    const { layers, arrows } = wayOf([TO_SERVICE, ...rows]);
    expect(layers.find(({ title }) => title === 'CoreDNS')!.places.map(({ name }) => name)).toEqual([
      'c0',
      'c1',
      '7 others',
    ]);
    const rest = arrows.find(({ to }) => to.name === '7 others')!;
    expect(rest.counts).toMatchObject({ queries: 98 + 97 + 96 + 95 + 94 + 93 + 92, lost: 7 });
  });

  it.each([1240, 350])('keeps to a width of %i, and makes no markup of a name', (width) => {
    const hostile = '<script>alert(1)</script>'.repeat(9);
    const rows = ['a', 'b', 'c'].map((name) => ({ ...TO_SERVER, to_name: hostile + name }));
    const { text: svg } = drawWay(wayOf([{ ...TO_SERVICE, lost: 9 }, ...rows]), WORDS, width);
    const { elements } = readXml(svg);
    expect(elements).not.toContain('script');
    expect(Number(/viewBox="0 0 (\d+)/.exec(svg)![1])).toBeLessThanOrEqual(width);
  });
});
