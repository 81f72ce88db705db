import { COMMANDS, type CommandName, commandOf } from '../grammar/commands.js';
import type { Flag } from '../grammar/flag.js';
import { flagsOf } from '../grammar/flags.js';
import { type Completed, SHELLS } from './shells.js';

/** Completion for bash 4 and later, without bash-completion. */
export function bash({ queries, causes }: Completed): string {
  const names = Object.keys(COMMANDS) as CommandName[];
  return `# bash completion for dnslens, made by: dnslens completions bash
_dnslens() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= word
  local queries='${queries.join(' ')}' causes='${causes.join(' ')}'
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  case $previous in
${flagsOf(null).filter(takesValue).map(valueCase).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${names.map((name) => `      ${name}) COMPREPLY=($(compgen -W '${flagWords(name)}' -- "$current")) ;;`).join('\n')}
      *) COMPREPLY=($(compgen -W '--help --version' -- "$current")) ;;
    esac
    return
  fi
  case $command in
${names.map(operandCase).join('\n')}
    *) COMPREPLY=($(compgen -W '${names.join(' ')}' -- "$current")) ;;
  esac
}
complete -F _dnslens dnslens
`;
}

function takesValue(flag: Flag): boolean {
  return flag.kind !== 'switch';
}

function valueCase(flag: Flag): string {
  const names = [`--${flag.name}`, ...(flag.alias ? [`-${flag.alias}`] : [])].join('|');
  return `    ${names}) COMPREPLY=(${valueWords(flag)}); return ;;`;
}

function valueWords(flag: Flag): string {
  if (flag.choices) return `$(compgen -W '${flag.choices.join(' ')}' -- "$current")`;
  if (flag.completes === 'file') return '$(compgen -f -- "$current")';
  return flag.completes === 'folder' ? '$(compgen -d -- "$current")' : '';
}

function flagWords(name: CommandName): string {
  return flagsOf(name)
    .map((flag) => `--${flag.name}`)
    .join(' ');
}

function operandCase(name: CommandName): string {
  const words = {
    file: '$(compgen -f -- "$current")',
    query: '$(compgen -W "$queries" -- "$current")',
    cause: '$(compgen -W "$causes" -- "$current")',
    shell: `$(compgen -W '${SHELLS.join(' ')}' -- "$current")`,
    none: '',
  };
  return `    ${name}) COMPREPLY=(${words[commandOf(name).operand?.completes ?? 'none']}) ;;`;
}
