import { beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud/cloud.ts";
import { startEdge } from "../../local/cloud/edge/start-edge.ts";
import { allow, arnOf, lambda, temporaryDirectory, writeAssembly } from "./fixtures/assembly.ts";
import { bundle } from "./fixtures/bundle.ts";
import { aCloud } from "./fixtures/cloud.ts";

/** Answers what the SDK's client answers, so that the whole way from a function to S3 is tested. */
const files = () =>
  bundle(`
    import * as s3 from "@aws-sdk/client-s3";
    import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
    const client = new s3.S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" });
    const careless = new s3.S3Client({});
    export const handler = async ({ command, input, presign }) => {
      const request = new s3[command + "Command"]({ Bucket: process.env.BUCKET, ...input });
      try {
        if (presign) {
          const { signable = [], checksums, ...options } = presign;
          return { url: await getSignedUrl(checksums ? careless : client, request, { ...options, signableHeaders: new Set(signable) }) };
        }
        const { $metadata, Body, ...output } = await careless.send(request);
        return { status: $metadata.httpStatusCode, ...output, ...(Body && { text: await Body.transformToString() }) };
      } catch (error) {
        return { status: error.$metadata?.httpStatusCode, error: error.name, message: error.message };
      }
    };
  `);

const inFiles = { "Fn::Join": ["", [arnOf("Attachments"), "/files/*"]] };
const everything = [
  allow(["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], inFiles),
  allow("s3:ListBucket", arnOf("Attachments"), { StringLike: { "s3:prefix": "files/*" } }),
];
const env = { BUCKET: { Ref: "Attachments" } };
const allMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

let source = "";
beforeAll(() => {
  source = files();
});

const stack = (bucket: object = {}, behavior: object = {}) =>
  writeAssembly(
    {
      Resources: {
        Attachments: { Type: "AWS::S3::Bucket", Properties: bucket },
        ...lambda("Files", "files", { statements: everything, env }),
        ...lambda("Reader", "files", { statements: [allow("s3:GetObject", inFiles)], env }),
        AllButHost: {
          Type: "AWS::CloudFront::OriginRequestPolicy",
          Properties: {
            OriginRequestPolicyConfig: {
              HeadersConfig: { HeaderBehavior: "allExcept", Headers: ["Host"] },
              CookiesConfig: { CookieBehavior: "none" },
              QueryStringsConfig: { QueryStringBehavior: "all" },
            },
          },
        },
        Door: {
          Type: "AWS::CloudFront::Distribution",
          Properties: {
            DistributionConfig: {
              Origins: [{ Id: "files", DomainName: { "Fn::GetAtt": ["Attachments", "RegionalDomainName"] } }],
              DefaultCacheBehavior: { TargetOriginId: "files" },
              CacheBehaviors: [
                {
                  PathPattern: "/files/*",
                  TargetOriginId: "files",
                  AllowedMethods: allMethods,
                  // CachingDisabled
                  CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                  OriginRequestPolicyId: { Ref: "AllButHost" },
                  ...behavior,
                },
              ],
            },
          },
        },
      },
    },
    { files: source },
  );

interface Answer {
  readonly status?: number;
  readonly url?: string;
  readonly [field: string]: unknown;
}

async function ask(cloud: Cloud, command: string, input: object, options: { presign?: object; as?: string } = {}) {
  const { as = "Files", presign } = options;
  const result = await cloud.functions.invoke(as, { command, input, presign });
  if ("error" in result) throw new Error(result.error.errorMessage);
  return result.payload as Answer;
}

const start = (assembly = stack(), directory?: string) => aCloud(assembly, { parts: [startEdge], directory });

/** What a page does with a signed URL: the same path and query on its own origin. */
async function signed(cloud: Cloud, command: string, input: object, presign: object = {}, as?: string) {
  const { url = "" } = await ask(cloud, command, input, { presign, ...(as && { as }) });
  const { host, pathname, search } = new URL(url);
  return { host, url: cloud.addresses.frontDoor + pathname + search, path: pathname + search };
}

const codeOf = async (response: Response) => {
  const text = await response.text();
  return [response.status, /<Code>(\w+)/.exec(text)?.[1]];
};

describe("a function's S3 client", () => {
  it("puts, reads, lists and deletes objects with their metadata", async () => {
    const cloud = await start();
    const put = {
      Key: "files/ü (1).txt",
      Body: "hello",
      ContentType: "text/plain",
      ContentDisposition: "attachment",
      Metadata: { owner: "42" },
    };
    expect(await ask(cloud, "PutObject", put)).toMatchObject({
      status: 200,
      ETag: expect.stringMatching(/^"\w{32}"$/),
    });
    await ask(cloud, "PutObject", { Key: "files/b/2.bin", Body: "" });
    expect(await ask(cloud, "GetObject", { Key: put.Key })).toMatchObject({
      status: 200,
      text: "hello",
      ContentType: "text/plain",
      ContentDisposition: "attachment",
      Metadata: { owner: "42" },
    });
    expect(await ask(cloud, "GetObject", { Key: put.Key, Range: "bytes=1-2" })).toMatchObject({
      text: "el",
      status: 206,
    });
    expect(await ask(cloud, "HeadObject", { Key: put.Key })).toMatchObject({ ContentLength: 5, status: 200 });

    const page = await ask(cloud, "ListObjectsV2", { Prefix: "files/", MaxKeys: 1 });
    expect(page).toMatchObject({ IsTruncated: true, Contents: [{ Key: "files/b/2.bin", Size: 0 }] });
    const next = { Prefix: "files/", ContinuationToken: page.NextContinuationToken };
    expect(await ask(cloud, "ListObjectsV2", next)).toMatchObject({ IsTruncated: false, Contents: [{ Key: put.Key }] });
    const folders = await ask(cloud, "ListObjectsV2", { Prefix: "files/", Delimiter: "/" });
    expect(folders).toMatchObject({ CommonPrefixes: [{ Prefix: "files/b/" }], Contents: [{ Key: put.Key }] });

    const Delete = { Objects: [{ Key: put.Key }, { Key: "files/never-there" }] };
    expect(await ask(cloud, "DeleteObjects", { Delete })).toMatchObject({ status: 200, Deleted: [{}, {}] });
    expect(await ask(cloud, "DeleteObject", { Key: "files/b/2.bin" })).toMatchObject({ status: 204 });
    expect(await ask(cloud, "ListObjectsV2", { Prefix: "files/" })).toMatchObject({ KeyCount: 0 });
    expect(cloud.counters.snapshot()).toMatchObject({ s3: { writeRequests: 6, readRequests: 3 } });
    expect(cloud.iam.denials()).toEqual([]);
  });

  it("copies what it may read to where it may write, with the metadata of the source or with new", async () => {
    const cloud = await start();
    const put = { Key: "files/drafts/ä", Body: "hello", ContentType: "text/plain", Metadata: { owner: "42" } };
    await ask(cloud, "PutObject", put);
    const CopySource = `attachments/${encodeURIComponent(put.Key)}`;
    expect(await ask(cloud, "CopyObject", { Key: "files/a", CopySource })).toMatchObject({ status: 200 });
    const replaced = { MetadataDirective: "REPLACE", ContentType: "text/x" };
    await ask(cloud, "CopyObject", { Key: "files/b", CopySource, ...replaced });
    expect(await ask(cloud, "GetObject", { Key: "files/a" })).toMatchObject({
      text: "hello",
      ContentType: "text/plain",
      Metadata: { owner: "42" },
    });
    expect(await ask(cloud, "HeadObject", { Key: "files/b" })).toMatchObject({ ContentType: "text/x", Metadata: {} });
    const secret = { Key: "files/c", CopySource: "attachments/elsewhere" };
    expect(await ask(cloud, "CopyObject", secret)).toMatchObject({ status: 403, error: "AccessDenied" });
  });

  it("does only what its role allows, and learns that a key is missing only where it may list", async () => {
    const cloud = await start();
    expect(await ask(cloud, "PutObject", { Key: "files/a", Body: "x" }, { as: "Reader" })).toMatchObject({
      status: 403,
      error: "AccessDenied",
      message: expect.stringContaining("s3:PutObject on resource: arn:aws:s3:::attachments/files/a"),
    });
    expect(await ask(cloud, "PutObject", { Key: "elsewhere", Body: "x" })).toMatchObject({ status: 403 });
    const Delete = { Objects: [{ Key: "files/a" }, { Key: "elsewhere" }] };
    expect(await ask(cloud, "DeleteObjects", { Delete })).toMatchObject({ status: 403 });
    expect(await ask(cloud, "GetObject", { Key: "files/a" }, { as: "Reader" })).toMatchObject({ status: 403 });
    const mayList = await start(
      writeAssembly(
        {
          Resources: {
            Attachments: { Type: "AWS::S3::Bucket" },
            ...lambda("Files", "files", { statements: [allow("s3:*", "*")], env }),
          },
        },
        { files: source },
      ),
    );
    expect(await ask(mayList, "GetObject", { Key: "files/a" })).toMatchObject({ status: 404, error: "NoSuchKey" });
    expect(await ask(mayList, "PutObject", { Bucket: "other", Key: "a", Body: "x" })).toMatchObject({
      status: 404,
      error: "NoSuchBucket",
    });
  });

  it("is told about what does not run here instead of being believed", async () => {
    const cloud = await start();
    expect(await ask(cloud, "GetObjectAcl", { Key: "files/a" })).toMatchObject({
      status: 501,
      error: "NotImplemented",
    });
    expect(await ask(cloud, "PutObject", { Key: "files/a", Body: "x", Tagging: "a=b" })).toMatchObject({ status: 501 });
    expect(await ask(cloud, "PutObject", { Key: "files/a", Body: "x", ContentMD5: "bm90IHRoaXM=" })).toMatchObject({
      status: 400,
      error: "BadDigest",
    });
  });
});

describe("objects", () => {
  it("outlive a restart with a directory", async () => {
    const directory = temporaryDirectory();
    const assembly = stack();
    const first = await start(assembly, directory);
    await ask(first, "PutObject", { Key: "files/a", Body: "old" });
    await ask(first, "PutObject", { Key: "files/a", Body: "kept", ContentType: "text/x" });
    await first.close();
    const second = await start(assembly, directory);
    expect(await ask(second, "GetObject", { Key: "files/a" })).toMatchObject({ text: "kept", ContentType: "text/x" });
  });

  it("go when a lifecycle rule of the template says so", async () => {
    const Rules = [{ Id: "drafts", Status: "Enabled", Prefix: "files/drafts/", ExpirationInDays: 2 }];
    const cloud = await start(stack({ LifecycleConfiguration: { Rules } }));
    for (const Key of ["files/drafts/1", "files/kept"]) await ask(cloud, "PutObject", { Key, Body: "x" });
    const keys = async () =>
      ((await ask(cloud, "ListObjectsV2", { Prefix: "files/" })).Contents as { Key: string }[]).map(({ Key }) => Key);
    await cloud.clock.advance(2 * 86_400_000 - 1_000);
    expect(await keys()).toEqual(["files/drafts/1", "files/kept"]);
    await cloud.clock.advance(86_400_000);
    expect(await keys()).toEqual(["files/kept"]);
  });

  it("of a bucket that asks for more than runs here fail the start", async () => {
    await expect(start(stack({ VersioningConfiguration: { Status: "Enabled" } }))).rejects.toThrow(
      "VersioningConfiguration",
    );
    const Rules = [{ Status: "Enabled", TagFilters: [{ Key: "a", Value: "b" }], ExpirationInDays: 1 }];
    await expect(start(stack({ LifecycleConfiguration: { Rules } }))).rejects.toThrow("TagFilters");
  });
});

describe("a presigned URL on the one origin", () => {
  const upload = { Key: "files/a b.png", ContentType: "image/png", ContentLength: 5 };
  const strict = { signable: ["content-type", "content-length", "host"], expiresIn: 60 };
  const put = (url: string, body: string, headers: Record<string, string> = { "content-type": "image/png" }) =>
    fetch(url, { method: "PUT", body, headers });

  it("is signed for the bucket's own name, takes exactly what was signed, and hands it out again", async () => {
    const cloud = await start();
    const { host, url } = await signed(cloud, "PutObject", upload, strict);
    expect(host).toBe("attachments.s3.eu-west-1.amazonaws.com");
    expect(await codeOf(await put(url, "hell"))).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await codeOf(await put(url, "hello", { "content-type": "text/html" }))).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
    expect((await put(url, "hello")).status).toBe(200);

    const show = {
      Key: upload.Key,
      ResponseContentDisposition: 'attachment; filename="a b.png"',
      ResponseContentType: "application/octet-stream",
    };
    const reading = await signed(cloud, "GetObject", show);
    const got = await fetch(reading.url);
    expect([got.status, await got.text()]).toEqual([200, "hello"]);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      "content-disposition": 'attachment; filename="a b.png"',
      "content-type": "application/octet-stream",
    });
    const part = await fetch(reading.url, { headers: { range: "bytes=1-" } });
    expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([206, "ello", "bytes 1-4/5"]);
  });

  it("is worth nothing for another method, key, parameter or name, nor without its signature", async () => {
    const cloud = await start();
    const { url, path } = await signed(cloud, "PutObject", upload, strict);
    const wrong = [403, "SignatureDoesNotMatch"];
    expect(await codeOf(await fetch(url))).toEqual(wrong);
    expect(await codeOf(await put(url.replace("a%20b", "other"), "hello"))).toEqual(wrong);
    expect(await codeOf(await put(`${url}&response-content-type=text/html`, "hello"))).toEqual(wrong);
    expect(await codeOf(await put(cloud.addresses.aws + path, "hello"))).toEqual(wrong);
    const plain = `${cloud.addresses.frontDoor}/files/a%20b.png`;
    expect(await codeOf(await put(plain, "hello"))).toEqual([403, "AccessDenied"]);
    const forged = url.replace(/X-Amz-Credential=[^%]+/, "X-Amz-Credential=AKIAUNKNOWN");
    expect(await codeOf(await put(forged, "hello"))).toEqual([403, "InvalidAccessKeyId"]);
    const more = { "content-type": "image/png", "x-amz-meta-owner": "me" };
    expect(await codeOf(await put(url, "hello", more))).toEqual([403, "AccessDenied"]);
  });

  it("ends with the local clock", async () => {
    const cloud = await start();
    const { url } = await signed(cloud, "PutObject", upload, strict);
    await cloud.clock.advance(59_000);
    expect((await put(url, "hello")).status).toBe(200);
    await cloud.clock.advance(2_000);
    expect(await codeOf(await put(url, "hello"))).toEqual([403, "AccessDenied"]);
    expect((await put((await signed(cloud, "PutObject", upload, strict)).url, "hello")).status).toBe(200);
  });

  it("allows no more than its signer may do", async () => {
    const cloud = await start();
    const { url } = await signed(cloud, "PutObject", upload, strict, "Reader");
    expect(await codeOf(await put(url, "hello"))).toEqual([403, "AccessDenied"]);
    expect(cloud.iam.denials()).toMatchObject([{ caller: "Reader", action: "s3:PutObject" }]);
  });

  it("loses what changes the answer's headers under a managed policy that forwards the rest", async () => {
    const allViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
    const cloud = await start(stack({}, { OriginRequestPolicyId: allViewerExceptHost }));
    expect((await put((await signed(cloud, "PutObject", upload, strict)).url, "hello")).status).toBe(200);
    const show = { Key: upload.Key, ResponseContentDisposition: "attachment" };
    expect(await codeOf(await fetch((await signed(cloud, "GetObject", show)).url))).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
  });

  it("needs the query and its own host name at S3", async () => {
    const noQuery = await start(stack({}, { OriginRequestPolicyId: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf" }));
    expect(await codeOf(await put((await signed(noQuery, "PutObject", upload, strict)).url, "hello"))).toEqual([
      403,
      "AccessDenied",
    ]);
    const viewersHost = await start(stack({}, { OriginRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3" }));
    expect(await codeOf(await put((await signed(viewersHost, "PutObject", upload, strict)).url, "hello"))).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
  });

  it("with a checksum of the body that the signer did not have is refused, as the SDK makes it unless told otherwise", async () => {
    const cloud = await start();
    const { url } = await signed(cloud, "PutObject", upload, { ...strict, checksums: true });
    expect(url).toContain("x-amz-checksum-crc32");
    expect(await codeOf(await put(url, "hello"))).toEqual([400, "BadDigest"]);
  });

  it("takes more than an API does, up to 20 MB", async () => {
    const cloud = await start();
    const large = async (bytes: number) => {
      const { url } = await signed(cloud, "PutObject", { ...upload, ContentLength: bytes }, strict);
      return (await put(url, "x".repeat(bytes))).status;
    };
    expect(await large(20 * 1024 * 1024)).toBe(200);
    expect(await large(20 * 1024 * 1024 + 1)).toBe(413);
  });
});
