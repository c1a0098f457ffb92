// A template of the AWS Serverless Application Model. Its properties are checked by the types that the CDK has made of the
// specifications of CloudFormation and SAM: there is none that they don't know, and none of another type.

import assert from "node:assert/strict";
import { DEPLOYMENT, mapping, policyName } from "../deployment.mjs";
import { typeCheck } from "../run.mjs";

export default {
  async check({ output, place }) {
    const { Resources, Parameters } = JSON.parse(output);
    const { Orders, OrdersMapping, ...others } = Resources;
    assert.deepEqual(
      [Orders.Type, OrdersMapping.Type, others],
      ["AWS::Serverless::Function", "AWS::Lambda::EventSourceMapping", {}],
    );
    assert.deepEqual(OrdersMapping.Properties.FunctionName, { Ref: "Orders" });
    assert.ok(OrdersMapping.Properties.EventSourceArn.Ref in Parameters);
    assert.deepEqual(
      {
        handler: Orders.Properties.Handler,
        runtime: Orders.Properties.Runtime,
        architectures: Orders.Properties.Architectures,
        memory: Orders.Properties.MemorySize,
        timeout: Orders.Properties.Timeout,
        policy: policyName(Orders.Properties.Policies[0]),
        mapping: mapping(OrdersMapping.Properties),
      },
      DEPLOYMENT,
    );
    await typeCheck(
      `import type { CfnEventSourceMappingProps } from "aws-cdk-lib/aws-lambda";
       import type { CfnFunctionProps } from "aws-cdk-lib/aws-sam";
       export const orders: CfnFunctionProps = ${JSON.stringify(props(Orders.Properties))};
       export const mapping: CfnEventSourceMappingProps = ${JSON.stringify(props(OrdersMapping.Properties))};`,
      place,
    );
  },
};

/** Properties by the names of the CDK, and what a reference gives in the place of it. */
const props = (properties) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name[0].toLowerCase() + name.slice(1),
      value.Ref ?? value,
    ]),
  );
