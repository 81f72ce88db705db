import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { expand } from '../input/expand.js';
import { UserError } from '../base/user-error.js';

/** The folders that evidence may be read from. Nothing outside is opened, nor is it said whether it is there. */
export class AllowedFolders {
  private constructor(
    /** As they are shown, and where they really are. */
    private readonly folders: readonly string[],
    private readonly real: readonly string[],
  ) {}

  /** Throws UserError where one is no folder. */
  static async of(named: readonly string[]): Promise<AllowedFolders> {
    const real = named.map((folder) =>
      realpath(folder).catch(() => {
        throw new UserError(
          'no-such-file',
          `${folder} cannot be found; name folders that evidence may be read from`,
        );
      }),
    );
    return new AllowedFolders(
      named.map((folder) => resolve(folder)),
      await Promise.all(real),
    );
  }

  /** The paths as they are read. Throws UserError for the first that leads outside, or through a link does. */
  async within(paths: readonly string[]): Promise<string[]> {
    const inside = paths.map((path) => this.inside(path));
    const { locations } = await expand(inside);
    for (const { path, file } of locations) {
      const real = await realpath(file).catch(() => null);
      if (real !== null && !holds(this.real, real)) this.refuse(path);
    }
    return inside;
  }

  private inside(path: string): string {
    const candidates = isAbsolute(path)
      ? [resolve(path)]
      : this.folders.map((folder) => resolve(folder, path));
    const all = [...this.folders, ...this.real];
    return candidates.find((candidate) => holds(all, candidate)) ?? this.refuse(path);
  }

  private refuse(path: string): never {
    const where =
      this.folders.length === 0
        ? 'no folder was named when dnslens mcp was started'
        : `evidence is read from ${this.folders.join(', ')} alone`;
    throw new UserError('not-permitted', `${path} may not be read: ${where}`);
  }
}

function holds(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => {
    const way = relative(folder, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}
