import { COMMANDS, type CommandName, commandOf } from '../grammar/commands.js';
import type { Flag } from '../grammar/flag.js';
import { flagsOf } from '../grammar/flags.js';
import { flagHelp } from '../grammar/flag.js';
import { type Completed, SHELLS } from './shells.js';

/** Completion for zsh, to be a file named _dnslens in $fpath. */
export function zsh({ queries, causes }: Completed): string {
  const names = Object.keys(COMMANDS) as CommandName[];
  return `#compdef dnslens
# zsh completion for dnslens, made by: dnslens completions zsh
_dnslens() {
  local -a commands queries causes
  commands=(
${names.map((name) => `    ${quoted(`${name}:${commandOf(name).summary}`)}`).join('\n')}
  )
  queries=(${queries.map(quoted).join(' ')})
  causes=(${causes.map(quoted).join(' ')})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${names.map(commandCase).join('\n')}
  esac
}
_dnslens "$@"
`;
}

function commandCase(name: CommandName): string {
  const specs = [...flagsOf(name).map(flagSpec), ...operandSpec(name)];
  return `    ${name})\n      _arguments -s \\\n        ${specs.join(' \\\n        ')}\n      ;;`;
}

function flagSpec(flag: Flag): string {
  const about = `[${flagHelp(flag).replace(/[[\]:]/g, '\\$&')}]`;
  const value = flag.kind === 'switch' ? '' : `:${flag.value}:${valueAction(flag)}`;
  const repeat = flag.kind === 'list' ? '*' : '';
  if (!flag.alias) return quoted(`${repeat}--${flag.name}${about}${value}`);
  return `'(-${flag.alias} --${flag.name})'{-${flag.alias},--${flag.name}}${quoted(`${about}${value}`)}`;
}

function valueAction(flag: Flag): string {
  if (flag.choices) return `(${flag.choices.join(' ')})`;
  if (flag.completes === 'file') return '_files';
  return flag.completes === 'folder' ? '_files -/' : ' ';
}

function operandSpec(name: CommandName): string[] {
  switch (commandOf(name).operand?.completes) {
    case 'file':
      return [quoted('*:file:_files')];
    case 'query':
      return [quoted('*:query:($queries)').replaceAll("'", '"')];
    case 'cause':
      return [quoted('1:cause:($causes)').replaceAll("'", '"')];
    case 'shell':
      return [quoted(`1:shell:(${SHELLS.join(' ')})`)];
    default:
      return [];
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
