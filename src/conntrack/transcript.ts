import type { Sink } from '../raw/sink.js';
import { commandOf, errorMeaning, fileBanner, isFurniture, withoutControls } from './console-line.js';
import { CounterSamples } from '../counters/counter-samples.js';
import type { Instant } from '../base/time/instant.js';
import { leadingDate, readDate } from '../base/time/printed.js';
import { tellDoubts } from './doubts.js';
import { hasPort, readFlow } from './flow-line.js';
import { writeFlow } from './flows.js';
import { KernelEvents } from './kernel-events.js';
import { isKernelLine, isTableFull, journalJsonTime, kernelEvent } from './kernel-line.js';
import { isMetricsLine, readMetric } from './metrics-line.js';
import { isProcfsRow, readProcfsHeader, readProcfsRow } from './procfs-stat.js';
import { isSoftnetRow } from '../counters/forms/softnet.js';
import { Samples } from './samples.js';
import { Scrape } from './scrape.js';
import { readStatsLines, readTotalLine, type StatsLine } from './stats-line.js';
import { figureNamed, readTableSize, type TableFigure } from './table-size.js';
import { Totals } from './counter-totals.js';

/** No line of these tools is longer; what is cut off makes the rest unreadable at worst. */
const LONGEST_LINE = 8192;
const WATCH_HEADER = /^Every \d+(?:[.,]\d+)?s: (\S+(?: \S+)*)(?:\s{2,}|\t)(\S.*|)$/;

/**
 * Reads what a console shows of conntrack, line by line and in any mixture: counters, table sizes, flows,
 * kernel messages, metrics, with dates and prompts between.
 */
export class Transcript {
  private readonly samples: Samples;
  private readonly totals: Totals;
  private readonly scrape: Scrape;
  private readonly kernel: KernelEvents;
  private readonly counters: CounterSamples;
  private flowTime: Instant | null = null;
  private procfsHeader: string[] | null = null;
  private procfsCpu = 0;
  private spokenOf: TableFigure | null;
  private lastFields = 0;
  private wasCut = false;

  /** `now` (seconds since 1970) places dates without a year; `path` may name what bare numbers are. */
  constructor(
    private readonly sink: Sink,
    private readonly ports: readonly number[],
    private readonly now: number,
    path: string,
  ) {
    this.samples = new Samples(sink);
    this.totals = new Totals(this.samples);
    this.scrape = new Scrape(this.samples, sink);
    this.kernel = new KernelEvents(sink);
    this.counters = new CounterSamples(sink);
    this.spokenOf = figureNamed(path);
  }

  take(raw: string, number: number): void {
    const line = withoutControls(raw.length > LONGEST_LINE ? raw.slice(0, LONGEST_LINE) : raw);
    if (line.trim() === '') return;
    const known =
      this.takeCounters(line, number) ||
      this.takeFlow(line, number) ||
      this.takeProcfs(line, number) ||
      this.takeSize(line, number) ||
      this.takeMetric(line, number) ||
      this.takeKernel(line, number) ||
      this.takeDate(line, number) ||
      this.takeConsole(line, number) ||
      this.takeDatedRest(line, number);
    if (known) return;
    const detail = 'A line is of no form that tools print of a node; it was passed over.';
    this.sink.problem({ code: 'unknown-line', detail, position: `line ${number}` });
  }

  /** Ends the input; `isEnded` tells whether its last line had a line end. */
  finish(isEnded: boolean): void {
    this.totals.finish();
    this.scrape.finish();
    this.samples.endBlock();
    this.counters.end();
    if (!isEnded && this.wasCut) this.sink.incomplete('cut in its last line');
  }

  private takeCounters(line: string, number: number): boolean {
    const cpus = readStatsLines(line);
    if (cpus.length === 0) return this.totals.take(readTotalLine(line), number);
    const own = this.dateIn(cpus[0]!.prefix, number);
    for (const stats of cpus) this.takeCpu(stats, own, number);
    return true;
  }

  private takeCpu(stats: StatsLine, own: Instant | null, number: number): void {
    if (stats.hasUnknownField) {
      const detail =
        'A counter of this kernel is not known or not readable; the others of its line were kept.';
      this.sink.problem({ code: 'unknown-counter', detail, position: `line ${number}` });
    }
    if (stats.isCut) {
      const detail = 'A line of conntrack -S is cut; the counters before the cut were kept.';
      this.sink.problem({ code: 'cut-counters', detail, position: `line ${number}` });
    }
    this.samples.addCounters(number, stats.cpu, stats.values, own);
    if (stats.entries !== null) this.samples.addRepeatedEntries(number, stats.entries, own);
    this.wasCut = stats.fields < this.lastFields;
    this.lastFields = stats.fields;
  }

  private takeFlow(line: string, number: number): boolean {
    const flow = readFlow(line);
    if (!flow) return false;
    const own = this.dateIn(flow.prefix, number);
    if (hasPort(flow, this.ports)) writeFlow(this.sink, number, own ?? this.flowTime, flow);
    return true;
  }

  private takeProcfs(line: string, number: number): boolean {
    const header = readProcfsHeader(line);
    if (header) {
      this.samples.endCounters();
      this.procfsHeader = header;
      this.procfsCpu = 0;
      return true;
    }
    if (!isProcfsRow(line) || (!this.procfsHeader && isSoftnetRow(line))) return false;
    const row = this.procfsHeader && readProcfsRow(line, this.procfsHeader);
    if (!row) {
      const detail = 'A row of /proc/net/stat/nf_conntrack does not fit its header; it was passed over.';
      this.sink.problem({ code: 'malformed-row', detail, position: `line ${number}` });
      return true;
    }
    this.samples.addCounters(number, this.procfsCpu++, row.values, null);
    if (row.entries !== null) this.samples.addRepeatedEntries(number, row.entries, null);
    return true;
  }

  private takeSize(line: string, number: number): boolean {
    const size = readTableSize(line);
    if (size) this.samples.addFigure(number, size.figure, size.value, this.dateIn(size.prefix, number));
    else if (this.spokenOf && /^\s*\d{1,9}\s*$/.test(line)) {
      this.samples.addFigure(number, this.spokenOf, Number(line), null);
    } else return false;
    return true;
  }

  private takeMetric(line: string, number: number): boolean {
    const metric = readMetric(line);
    if (metric) this.scrape.take(metric, number);
    const isCounter = this.counters.take(line, number);
    return metric !== null || isCounter || isMetricsLine(line);
  }

  private takeKernel(line: string, number: number): boolean {
    if (!isKernelLine(line)) return false;
    const event = kernelEvent(line);
    if (!event && !isTableFull(line)) return true;
    const own = journalJsonTime(line) ?? this.leading(line, number)?.date ?? null;
    if (event) this.kernel.write(number, own, event, line.trim());
    else this.samples.addTableFull(number, own);
    return true;
  }

  private takeDate(line: string, number: number): boolean {
    const watched = WATCH_HEADER.exec(line);
    const date = readDate(watched ? watched[2]!.replace(/^.*?: /, '') : line, this.now);
    if (watched) this.command(watched[1]!);
    if (!date) return watched !== null;
    tellDoubts(this.sink, date, number);
    this.totals.finish();
    this.scrape.finish();
    this.samples.date(date);
    this.counters.date(date);
    this.flowTime = date;
    return true;
  }

  private takeConsole(line: string, number: number): boolean {
    const command = commandOf(line) ?? fileBanner(line);
    if (command !== null) {
      this.command(command);
      return true;
    }
    if (isFurniture(line)) return true;
    const meaning = errorMeaning(line);
    if (meaning === null) return false;
    const detail = `An error stands where counters should be: ${meaning}.`;
    this.sink.problem({ code: 'command-failed', detail, position: `line ${number}` });
    return true;
  }

  /** A line of which only a date in front is known: `ts` before a date, a header or a bare number. */
  private takeDatedRest(line: string, number: number): boolean {
    const found = this.leading(line, number);
    if (!found || found.rest === '') return false;
    if (this.spokenOf && /^\d{1,9}$/.test(found.rest)) {
      this.samples.addFigure(number, this.spokenOf, Number(found.rest), found.date);
      return true;
    }
    const { rest } = found;
    if (this.counters.take(rest, number, found.date)) return true;
    return this.takeProcfs(rest, number) || this.takeDate(rest, number) || this.takeConsole(rest, number);
  }

  private command(text: string): void {
    this.totals.finish();
    this.scrape.finish();
    this.samples.command();
    this.counters.command(text);
    this.spokenOf = figureNamed(text);
    this.procfsHeader = null;
  }

  /** The date in what stands before a line's evidence, if there is one. */
  private dateIn(prefix: string, number: number): Instant | null {
    if (!/\d{2}/.test(prefix)) return null;
    const date = readDate(prefix, this.now) ?? leadingDate(prefix.trimStart(), this.now)?.date ?? null;
    if (date) tellDoubts(this.sink, date, number);
    return date;
  }

  private leading(line: string, number: number): ReturnType<typeof leadingDate> {
    const found = leadingDate(line, this.now);
    if (found) tellDoubts(this.sink, found.date, number);
    return found;
  }
}
