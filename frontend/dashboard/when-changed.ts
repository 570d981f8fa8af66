import { Component, type ComponentChildren, type ComponentType, h } from "preact";

/** The component, drawn again only when one of its properties is another one than before. For rows of long lists. */
export function whenChanged<Props extends object>(Drawn: (props: Props) => ComponentChildren): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const before = this.props;
      return (Object.keys(next) as (keyof Props)[]).some((name) => next[name] !== before[name]);
    }

    render(): ComponentChildren {
      return h(Drawn as ComponentType<Props>, this.props as Props);
    }
  };
}
