/**
 * Resource types that change nothing about what a request sees, so they are left out here on purpose. A type that
 * is neither here nor handled by somebody fails the start.
 */
export const ignoredTypes: Readonly<Record<string, string>> = {
  "AWS::ApiGateway::Account": "access to the log service",
  "AWS::ApplicationAutoScaling::ScalableTarget": "there is nothing to scale",
  "AWS::ApplicationAutoScaling::ScalingPolicy": "there is nothing to scale",
  "AWS::Budgets::Budget": "nothing costs money here",
  "AWS::CDK::Metadata": "statistics of the CDK",
  "AWS::CloudFront::OriginAccessControl": "the front door reads the bucket itself",
  "AWS::CloudWatch::Alarm": "watch the counters instead",
  "AWS::CloudWatch::CompositeAlarm": "watch the counters instead",
  "AWS::CloudWatch::Dashboard": "watch the console instead",
  "AWS::KMS::Alias": "nothing is encrypted at rest",
  "AWS::KMS::Key": "nothing is encrypted at rest",
  "AWS::Lambda::LayerVersion": "only the CDK's own deployment handlers have layers",
  "AWS::Logs::LogGroup": "the console has the log",
  "AWS::Logs::LogStream": "the console has the log",
  "AWS::Logs::MetricFilter": "watch the counters instead",
  "AWS::Logs::QueryDefinition": "the console has the log",
  "AWS::Logs::ResourcePolicy": "the console has the log",
  "AWS::Route53::RecordSet": "there is no domain",
  "AWS::SNS::Subscription": "alarm topics have nothing to say",
  "AWS::SNS::Topic": "alarm topics have nothing to say",
  "AWS::SNS::TopicPolicy": "alarm topics have nothing to say",
  "AWS::WAFv2::LoggingConfiguration": "there is no firewall",
  "AWS::WAFv2::WebACL": "there is no firewall",
  "AWS::WAFv2::WebACLAssociation": "there is no firewall",
  "AWS::XRay::Group": "there is no tracing",
};
