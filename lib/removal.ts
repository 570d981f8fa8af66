import { RemovalPolicy } from "aws-cdk-lib";
import type { Stage } from "./stage.ts";

/** What happens to data when its resource leaves the stack. */
export function removalPolicyOf({ data }: Pick<Stage, "data">): RemovalPolicy {
  return data === "keep" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
