import type { JsonObject } from "./json.ts";
import { account, arn, region } from "./names.ts";

/** What `Ref` and `Fn::GetAtt` answer for a resource that exists only here. */
export interface PhysicalResource {
  readonly logicalId: string;
  readonly type: string;
  /** The given name, or one made from the logical id. */
  readonly name: string;
  /** Properties with intrinsics resolved, read only where an answer depends on another resource. */
  property(key: string): unknown;
}

type Answer = (resource: PhysicalResource, awsAddress: string) => string;

/** The property that names a resource, where there is one. */
const nameProperty: Readonly<Record<string, string>> = {
  "AWS::Cognito::UserPoolDomain": "Domain",
  "AWS::DynamoDB::GlobalTable": "TableName",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::Events::Archive": "ArchiveName",
  "AWS::Events::EventBus": "Name",
  "AWS::Events::Rule": "Name",
  "AWS::IAM::Role": "RoleName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SES::ConfigurationSet": "Name",
  "AWS::SES::EmailIdentity": "EmailIdentity",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::SSM::Parameter": "Name",
  "AWS::SecretsManager::Secret": "Name",
  "AWS::ApiGatewayV2::Stage": "StageName",
};

/** "General purpose bucket naming rules": characters, all of them lower case. */
const longestBucketName = 63;

const secretArn: Answer = ({ name }) => arn("secretsmanager", `secret:${name}-AbCdEf`);
const distributionDomain = (name: string): string => `${name.toLowerCase()}.cloudfront.net`;

/** Types whose `Ref` is not their name. */
const refs: Readonly<Record<string, Answer>> = {
  "AWS::Lambda::Version": ({ property }) => `${property("FunctionName")}:1`,
  "AWS::SNS::Topic": ({ name }) => arn("sns", name),
  "AWS::SQS::Queue": ({ name }, awsAddress) => `${awsAddress}/${account}/${name}`,
  "AWS::SecretsManager::Secret": secretArn,
};

const table: Readonly<Record<string, Answer>> = {
  Arn: ({ name }) => arn("dynamodb", `table/${name}`),
  // On AWS the last part is the time of creation.
  StreamArn: ({ name }) => arn("dynamodb", `table/${name}/stream/2000-01-01T00:00:00.000`),
};

const attributes: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  "AWS::ApiGatewayV2::Api": {
    ApiEndpoint: ({ name, property }) =>
      `${property("ProtocolType") === "WEBSOCKET" ? "wss" : "https"}://${name}.execute-api.${region}.amazonaws.com`,
    ApiId: ({ name }) => name,
  },
  "AWS::CloudFront::CachePolicy": { Id: ({ name }) => name },
  "AWS::CloudFront::Distribution": {
    DomainName: ({ name }) => distributionDomain(name),
    Id: ({ name }) => name,
  },
  "AWS::CloudFront::Function": {
    FunctionARN: ({ name }) => `arn:aws:cloudfront::${account}:function/${name}`,
    "FunctionMetadata.FunctionARN": ({ name }) => `arn:aws:cloudfront::${account}:function/${name}`,
  },
  "AWS::CloudFront::OriginAccessControl": { Id: ({ name }) => name },
  "AWS::CloudFront::OriginRequestPolicy": { Id: ({ name }) => name },
  "AWS::CloudFront::ResponseHeadersPolicy": { Id: ({ name }) => name },
  "AWS::CloudWatch::Alarm": { Arn: ({ name }) => arn("cloudwatch", `alarm:${name}`) },
  "AWS::Cognito::UserPool": {
    Arn: ({ name }) => arn("cognito-idp", `userpool/${name}`),
    ProviderName: ({ name }) => `cognito-idp.${region}.amazonaws.com/${name}`,
    ProviderURL: ({ name }) => `https://cognito-idp.${region}.amazonaws.com/${name}`,
    UserPoolId: ({ name }) => name,
  },
  "AWS::Cognito::UserPoolClient": { ClientId: ({ name }) => name },
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::DynamoDB::Table": table,
  "AWS::Events::Archive": { Arn: ({ name }) => arn("events", `archive/${name}`) },
  "AWS::Events::EventBus": { Arn: ({ name }) => arn("events", `event-bus/${name}`), Name: ({ name }) => name },
  "AWS::Events::Rule": { Arn: (rule) => ruleArn(rule.name, rule.property("EventBusName")) },
  "AWS::IAM::Role": {
    Arn: ({ name }) => `arn:aws:iam::${account}:role/${name}`,
    RoleId: ({ name }) => name,
  },
  "AWS::KMS::Key": { Arn: ({ name }) => arn("kms", `key/${name}`), KeyId: ({ name }) => name },
  "AWS::Lambda::Function": { Arn: ({ name }) => arn("lambda", `function:${name}`) },
  "AWS::Lambda::Version": { Version: () => "1", FunctionArn: ({ property }) => `${property("FunctionName")}:1` },
  "AWS::Logs::LogGroup": { Arn: ({ name }) => arn("logs", `log-group:${name}:*`) },
  "AWS::S3::Bucket": {
    Arn: ({ name }) => `arn:aws:s3:::${name}`,
    DomainName: ({ name }) => `${name}.s3.amazonaws.com`,
    RegionalDomainName: ({ name }) => `${name}.s3.${region}.amazonaws.com`,
    WebsiteURL: ({ name }) => `http://${name}.s3-website-${region}.amazonaws.com`,
  },
  "AWS::SNS::Topic": { TopicArn: ({ name }) => arn("sns", name), TopicName: ({ name }) => name },
  "AWS::SQS::Queue": {
    Arn: ({ name }) => arn("sqs", name),
    QueueName: ({ name }) => name,
    QueueUrl: ({ name }, awsAddress) => `${awsAddress}/${account}/${name}`,
  },
  "AWS::SSM::Parameter": {
    Value: ({ property }) => String(property("Value")),
    Type: ({ property }) => String(property("Type")),
  },
  "AWS::SecretsManager::Secret": { Id: secretArn },
  "AWS::WAFv2::WebACL": { Arn: ({ name }) => arn("wafv2", `global/webacl/${name}`), Id: ({ name }) => name },
  "Custom::CDKBucketDeployment": {
    DestinationBucketArn: ({ property }) => `arn:aws:s3:::${property("DestinationBucketName")}`,
  },
};

/** A rule outside the default bus has its bus in its ARN ("Amazon EventBridge: ARN format for rules"). */
export function ruleArn(rule: string, bus: unknown): string {
  const busName = typeof bus === "string" ? bus.replace(/^.*event-bus\//, "") : "default";
  return arn("events", busName === "default" ? `rule/${rule}` : `rule/${busName}/${rule}`);
}

/** The name of a resource that was given none: its logical id, as far as bucket names may spell it. */
export function generatedName(type: string, logicalId: string): string {
  return type === "AWS::S3::Bucket" ? logicalId.toLowerCase().slice(-longestBucketName) : logicalId;
}

/** The given name of a resource, still with intrinsics, or undefined when it goes by its logical id. */
export function givenName(type: string, properties: JsonObject): unknown {
  const property = nameProperty[type];
  return property === undefined ? undefined : properties[property];
}

export function reference(resource: PhysicalResource, awsAddress: string): string {
  return refs[resource.type]?.(resource, awsAddress) ?? resource.name;
}

/** Undefined for an attribute that nobody here knows. */
export function attribute(resource: PhysicalResource, name: string, awsAddress: string): string | undefined {
  return attributes[resource.type]?.[name]?.(resource, awsAddress);
}

/** The domain that CloudFront gives to a distribution. */
export const cloudFrontDomain = distributionDomain;
