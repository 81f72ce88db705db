/** What is kept of a JSON value: all that is not named is left out. */
export type Shape =
  | 'text'
  | 'number'
  | 'boolean'
  | 'number-or-name'
  | { readonly texts: true }
  | { readonly list: Shape }
  | { readonly map: 'text' }
  /** An object that is kept where it is empty too, which says something else than its absence. */
  | { readonly evenEmpty: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

/**
 * A go-template for kubectl's `-o` that prints a list's items reduced to a shape, as JSON. kubectl itself leaves out the
 * rest, so that it reaches neither dnslens nor a script's files. Texts are quoted as Go does, which is JSON for all that
 * names, addresses and configuration hold.
 */
export function listTemplate(item: Shape): string {
  return `{"kind":"List","apiVersion":"v1","items":[{{range $i, $item := .items}}{{if $i}},{{end}}${valueOf(item)}{{end}}]}`;
}

/** The same for one object. */
export function objectTemplate(item: Shape): string {
  return valueOf(item);
}

/** Prints the value that the dot is. */
function valueOf(shape: Shape): string {
  if (shape === 'text') return '{{printf "%q" .}}';
  if (shape === 'number' || shape === 'boolean') return '{{.}}';
  if (shape === 'number-or-name')
    return '{{if eq (printf "%T" .) "string"}}{{printf "%q" .}}{{else}}{{.}}{{end}}';
  if ('fields' in shape) {
    const fields = Object.entries(shape.fields).map(([name, inner]) => field(name, inner));
    return `{ {{$c := ""}}${fields.join('')}}`;
  }
  if ('map' in shape) {
    return '{ {{$c := ""}}{{range $key, $value := .}}{{$c}}{{$c = ","}}{{printf "%q" $key}}:{{printf "%q" $value}}{{end}}}';
  }
  if ('evenEmpty' in shape) return valueOf(shape.evenEmpty);
  const item = 'list' in shape ? shape.list : 'text';
  return `[{{range $j, $one := .}}{{if $j}},{{end}}${valueOf(item)}{{end}}]`;
}

/** Prints a field with a comma before it where it is not the first; nothing where it is absent, or empty and not kept so. */
function field(name: string, shape: Shape): string {
  // the comma comes before the value, which may have a $c of its own
  const key = `{{$c}}{{$c = ","}}"${name}":`;
  if (shape === 'boolean') {
    const is = `(printf "%v" (index . "${name}"))`;
    return `{{if or (eq ${is} "true") (eq ${is} "false")}}${key}{{index . "${name}"}}{{end}}`;
  }
  if (typeof shape === 'object' && 'evenEmpty' in shape)
    return `{{if ne (printf "%T" (index . "${name}")) "<nil>"}}${key}{{with index . "${name}"}}${valueOf(shape)}{{else}}{}{{end}}{{end}}`;
  return `{{with index . "${name}"}}${key}${valueOf(shape)}{{end}}`;
}
