import { Duration } from "aws-cdk-lib";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { BucketDeployment, type BucketDeploymentProps, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { removalPolicyOf } from "./removal.ts";
import { requireBuiltSite, type Site } from "./site.ts";
import type { Stage } from "./stage.ts";

export interface SiteContentProps {
  readonly site: Site;
  /** Where Vite put the pages. */
  readonly directory: string;
  /** Served as `/config.json`. */
  readonly config: Readonly<Record<string, string>>;
  readonly stage: Pick<Stage, "data" | "retention">;
}

/**
 * The files in the site's bucket. Nothing has to be invalidated: hashed files never change, pages are asked for each
 * time, and the loader is five minutes old at most. Old hashed files stay for pages that are open.
 */
export class SiteContent extends Construct {
  constructor(scope: Construct, id: string, { site, directory, config, stage }: SiteContentProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", {
      retention: stage.retention.logDays,
      removalPolicy: removalPolicyOf({ data: "disposable" }),
    });
    const pages = Source.asset(requireBuiltSite(directory));
    const deploy = (
      name: string,
      props: Pick<BucketDeploymentProps, "sources" | "exclude" | "include" | "cacheControl">,
    ) => new BucketDeployment(this, name, { destinationBucket: site.bucket, prune: false, logGroup, ...props });

    const assets = deploy("Assets", {
      sources: [pages],
      exclude: ["*"],
      include: ["assets/*"],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const loader = deploy("Loader", {
      sources: [pages],
      exclude: ["*"],
      include: ["widget.js"],
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.minutes(5)),
        CacheControl.staleWhileRevalidate(Duration.days(1)),
      ],
    });
    const documents = deploy("Pages", {
      sources: [pages, Source.jsonData("config.json", config)],
      exclude: ["assets/*", "widget.js"],
      cacheControl: [CacheControl.noCache()],
    });
    // A page must not be there before the files that it names.
    documents.node.addDependency(assets, loader);
  }
}
