// A stack of the AWS CDK: its template is made and read.

import assert from "node:assert/strict";
import { CLUSTER, DEPLOYMENT, mapping, policyName } from "../deployment.mjs";

export default {
  files: { "orders/handler.mjs": "export const handler = async () => {};\n" },
  after: `
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
const stack = new OrdersStack(new App(), "Orders", ${JSON.stringify(CLUSTER)});
console.log(JSON.stringify(Template.fromStack(stack).toJSON()));
`,
  check({ output }) {
    const resources = Object.values(JSON.parse(output).Resources);
    const only = (type) => {
      const found = resources.filter(({ Type }) => Type === type);
      assert.equal(found.length, 1, type);
      return found[0].Properties;
    };
    const made = only("AWS::Lambda::Function");
    const source = only("AWS::Lambda::EventSourceMapping");
    const policies = only("AWS::IAM::Role").ManagedPolicyArns.map((arn) =>
      policyName(arn["Fn::Join"][1].at(-1)),
    );
    assert.equal(source.EventSourceArn, CLUSTER);
    assert.deepEqual(
      {
        handler: made.Handler,
        runtime: made.Runtime,
        architectures: made.Architectures,
        memory: made.MemorySize,
        timeout: made.Timeout,
        policy: policies.find((name) => name === DEPLOYMENT.policy),
        mapping: mapping(source),
      },
      DEPLOYMENT,
    );
  },
};
