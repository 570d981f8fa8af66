/**
 * Collects the parts of one UpdateExpression. Every name goes through a placeholder, because DynamoDB reserves
 * hundreds of words ("Reserved words in DynamoDB").
 */
export class Update {
  readonly #set: string[] = [];
  readonly #remove: string[] = [];
  readonly #plus: string[] = [];
  readonly #conditions: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #values = new Map<string, unknown>();

  /** Placeholder of a path such as `co.connectionId`; parts are separated by the array, never by a dot in a value. */
  path(...parts: readonly string[]): string {
    return parts
      .map((part) => {
        const known = this.#names.get(part);
        if (known !== undefined) return known;
        const placeholder = `#n${this.#names.size}`;
        this.#names.set(part, placeholder);
        return placeholder;
      })
      .join(".");
  }

  value(value: unknown): string {
    const placeholder = `:v${this.#values.size}`;
    this.#values.set(placeholder, value);
    return placeholder;
  }

  set(path: string | readonly string[], value: unknown): this {
    this.#set.push(`${this.path(...[path].flat())} = ${this.value(value)}`);
    return this;
  }

  /** Sets an attribute, or removes it where there is no value. */
  setOrRemove(name: string, value: unknown): this {
    return value === undefined ? this.remove(name) : this.set(name, value);
  }

  /** Sets an attribute to what another one is now: DynamoDB reads all right-hand sides before it writes. */
  copy(to: string, from: string): this {
    this.#set.push(`${this.path(to)} = ${this.path(from)}`);
    return this;
  }

  /** As `copy`, from an attribute that may not be there. */
  copyOr(to: string, from: string, otherwise: unknown): this {
    this.#set.push(`${this.path(to)} = if_not_exists(${this.path(from)}, ${this.value(otherwise)})`);
    return this;
  }

  /** Sets `to` to `from + by`, where both may be the same attribute. */
  add(to: string, from: string, by: number): this {
    this.#set.push(`${this.path(to)} = ${this.path(from)} + ${this.value(by)}`);
    return this;
  }

  /** Adds to a number that may not be there yet. */
  plus(name: string, by: number): this {
    this.#plus.push(`${this.path(name)} ${this.value(by)}`);
    return this;
  }

  remove(...path: readonly string[]): this {
    this.#remove.push(this.path(...path));
    return this;
  }

  when(condition: string): this {
    this.#conditions.push(condition);
    return this;
  }

  exists(...path: readonly string[]): this {
    return this.when(`attribute_exists(${this.path(...path)})`);
  }

  is(name: string, value: unknown): this {
    return this.when(`${this.path(name)} = ${this.value(value)}`);
  }

  expression(): {
    UpdateExpression: string;
    ConditionExpression?: string;
    ExpressionAttributeNames: Record<string, string>;
    ExpressionAttributeValues?: Record<string, unknown>;
  } {
    const parts = [
      this.#set.length > 0 ? `SET ${this.#set.join(", ")}` : "",
      this.#remove.length > 0 ? `REMOVE ${this.#remove.join(", ")}` : "",
      this.#plus.length > 0 ? `ADD ${this.#plus.join(", ")}` : "",
    ];
    return {
      UpdateExpression: parts.filter((part) => part !== "").join(" "),
      ...(this.#conditions.length > 0 ? { ConditionExpression: this.#conditions.join(" AND ") } : {}),
      ExpressionAttributeNames: Object.fromEntries([...this.#names].map(([name, placeholder]) => [placeholder, name])),
      ...(this.#values.size > 0 ? { ExpressionAttributeValues: Object.fromEntries(this.#values) } : {}),
    };
  }
}
