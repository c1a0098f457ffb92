// What docs/start.md deploys. SAM, CDK and Terraform each say it in their own words; all of them mean this.

/** The function, its right to read from the cluster, and the event source mapping. */
export const DEPLOYMENT = {
  handler: "handler.handler",
  runtime: "nodejs22.x",
  architectures: ["arm64"],
  memory: 256,
  timeout: 60,
  policy: "service-role/AWSLambdaMSKExecutionRole",
  mapping: {
    topics: ["orders"],
    startingPosition: "TRIM_HORIZON",
    batchSize: 100,
    responseTypes: ["ReportBatchItemFailures"],
  },
};

/** The cluster whose topic is read. */
export const CLUSTER = "arn:aws:kafka:eu-west-1:123456789012:cluster/shop/0b1a8b8e-2";

/** The mapping of a CloudFormation template, in the words of {@link DEPLOYMENT}. */
export const mapping = ({ Topics, StartingPosition, BatchSize, FunctionResponseTypes }) => ({
  topics: Topics,
  startingPosition: StartingPosition,
  batchSize: BatchSize,
  responseTypes: FunctionResponseTypes,
});

/** A managed policy's name in its ARN. */
export const policyName = (arn) => /:policy\/(.*)$/.exec(arn)?.[1];
