/** A node of what DuckDB's `json_serialize_sql` says of a statement. */
export type Node = Readonly<Record<string, unknown>>;

/** Which functions make one row of many. */
export type Aggregates = ReadonlySet<string>;

type Needs = ReadonlySet<string>;
const NONE: Needs = new Set();

/**
 * The tables of which each must have a row for a select statement to give any, by their names as it writes them. What is in
 * the result is so for certain; a statement may need more. An aggregate without groups gives a row of nothing.
 */
export function needsOf(query: Node, aggregates: Aggregates): Needs {
  return new Reader(aggregates).query(query, new Map());
}

class Reader {
  constructor(private readonly aggregates: Aggregates) {}

  query(node: Node, outer: ReadonlyMap<string, Needs>): Needs {
    const ctes = new Map(outer);
    for (const { key, value } of at<{ key: string; value: { query: { node: Node } } }[]>(
      node,
      'cte_map',
      'map',
    ) ?? [])
      ctes.set(key, this.query(value.query.node, ctes));
    switch (node['type']) {
      case 'SELECT_NODE':
        return this.select(node, ctes);
      case 'SET_OPERATION_NODE':
        return this.setOperation(node, ctes);
      default:
        return NONE;
    }
  }

  private setOperation(node: Node, ctes: ReadonlyMap<string, Needs>): Needs {
    const left = this.query(node['left'] as Node, ctes);
    if (node['setop_type'] === 'EXCEPT') return left;
    const right = this.query(node['right'] as Node, ctes);
    if (node['setop_type'] === 'INTERSECT') return both(left, right);
    return new Set([...left].filter((table) => right.has(table)));
  }

  private select(node: Node, ctes: ReadonlyMap<string, Needs>): Needs {
    if (!this.keepsNothing(node)) return NONE;
    const conditions = node['where_clause'] as Node | null | undefined;
    return both(
      this.from(node['from_table'] as Node, ctes),
      conditions ? this.condition(conditions, ctes) : NONE,
    );
  }

  /** Whether the select list makes no row of no rows. */
  private keepsNothing(node: Node): boolean {
    const items = node['select_list'] as Node[];
    const sets = (node['group_sets'] as unknown[][] | undefined) ?? [];
    const grouped = ((node['group_expressions'] as unknown[] | undefined) ?? []).length > 0;
    if (grouped) return sets.every((set) => set.length > 0);
    const all = node['aggregate_handling'] === 'FORCE_AGGREGATES';
    if (all) return items.some((item) => !this.aggregatesIn(item));
    return ![...items, node['having']].some((item) => this.aggregatesIn(item));
  }

  private aggregatesIn(value: unknown): boolean {
    if (Array.isArray(value)) return value.some((item) => this.aggregatesIn(item));
    if (typeof value !== 'object' || value === null) return false;
    const node = value as Node;
    if (node['class'] === 'SUBQUERY') return this.aggregatesIn(node['child']);
    if (node['class'] === 'FUNCTION' && this.aggregates.has(String(node['function_name']).toLowerCase()))
      return true;
    return Object.values(node).some((child) => this.aggregatesIn(child));
  }

  private from(node: Node, ctes: ReadonlyMap<string, Needs>): Needs {
    switch (node['type']) {
      case 'BASE_TABLE': {
        const [schema, table] = [String(node['schema_name'] ?? ''), String(node['table_name'])];
        const cte = schema === '' ? ctes.get(table) : undefined;
        return cte ?? new Set([schema === '' || schema === 'main' ? table : `${schema}.${table}`]);
      }
      case 'SUBQUERY':
        return this.query(at<Node>(node, 'subquery', 'node')!, ctes);
      case 'JOIN':
        return this.join(node, ctes);
      default:
        return NONE;
    }
  }

  private join(node: Node, ctes: ReadonlyMap<string, Needs>): Needs {
    if (node['ref_type'] === 'POSITIONAL') return NONE;
    const left = () => this.from(node['left'] as Node, ctes);
    const right = () => this.from(node['right'] as Node, ctes);
    switch (node['join_type']) {
      case 'INNER':
      case 'SEMI':
        return both(left(), right());
      case 'LEFT':
      case 'ANTI':
        return left();
      case 'RIGHT':
        return right();
      default:
        return NONE;
    }
  }

  /** What a condition needs: `exists (…)` and `in (…)` do not hold for tables without rows. */
  private condition(node: Node, ctes: ReadonlyMap<string, Needs>): Needs {
    if (node['type'] === 'CONJUNCTION_AND')
      return (node['children'] as Node[]).reduce<Needs>(
        (needs, child) => both(needs, this.condition(child, ctes)),
        NONE,
      );
    if (node['class'] !== 'SUBQUERY') return NONE;
    const isIn = node['subquery_type'] === 'ANY' && node['comparison_type'] === 'COMPARE_EQUAL';
    return isIn || node['subquery_type'] === 'EXISTS'
      ? this.query(at<Node>(node, 'subquery', 'node')!, ctes)
      : NONE;
  }
}

function both(a: Needs, b: Needs): Needs {
  return a.size === 0 ? b : new Set([...a, ...b]);
}

function at<T>(node: Node, ...path: string[]): T | undefined {
  return path.reduce<unknown>((value, key) => (value as Node | undefined)?.[key], node) as T | undefined;
}
