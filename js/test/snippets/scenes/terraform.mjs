// A configuration of Terraform: all that it refers to is in it, and its arguments are those that the providers document.

import assert from "node:assert/strict";
import { DEPLOYMENT, policyName } from "../deployment.mjs";

/** The arguments by the documentation of the providers hashicorp/aws (5.x and 6.x) and hashicorp/archive (2.x). */
const ARGUMENTS = {
  archive_file: `type output_path source_dir source_file source_content source_content_filename source excludes
    exclude_symlink_directories output_file_mode`,
  aws_iam_role: `assume_role_policy description force_detach_policies inline_policy managed_policy_arns
    max_session_duration name name_prefix path permissions_boundary tags`,
  aws_iam_role_policy_attachment: "role policy_arn",
  aws_lambda_event_source_mapping: `amazon_managed_kafka_event_source_config batch_size bisect_batch_on_function_error
    destination_config document_db_event_source_config enabled event_source_arn filter_criteria function_name
    function_response_types kms_key_arn maximum_batching_window_in_seconds maximum_record_age_in_seconds
    maximum_retry_attempts metrics_config parallelization_factor provisioned_poller_config queues scaling_config
    self_managed_event_source self_managed_kafka_event_source_config source_access_configuration starting_position
    starting_position_timestamp tags topics tumbling_window_in_seconds`,
  aws_lambda_function: `architectures code_signing_config_arn dead_letter_config description environment
    ephemeral_storage file_system_config filename function_name handler image_config image_uri kms_key_arn layers
    logging_config memory_size package_type publish replace_security_groups_on_destroy replacement_security_group_ids
    reserved_concurrent_executions role runtime s3_bucket s3_key s3_object_version skip_destroy source_code_hash
    snap_start tags timeout tracing_config vpc_config`,
};

/** What Terraform itself takes in any resource. */
const META = ["count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];

export default {
  check({ output }) {
    const { variable, data, resource } = JSON.parse(output);
    const blocks = [data, resource].flatMap(Object.entries);
    for (const [type, named] of blocks) {
      const known = [...ARGUMENTS[type].split(/\s+/), ...META];
      for (const argument of Object.values(named).flatMap(([body]) => Object.keys(body))) {
        assert.ok(known.includes(argument), `${type} has no argument ${argument}`);
      }
    }
    const declared = [
      ...Object.keys(variable).map((name) => `var.${name}`),
      ...blocks.flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`)),
    ];
    const references = output.matchAll(/\b(?:var\.\w+|(?:aws|archive)_\w+\.\w+)/g);
    for (const [reference] of references) {
      assert.ok(declared.includes(reference), `${reference} is declared`);
    }

    const only = (type) => resource[type].orders[0];
    const made = only("aws_lambda_function");
    const source = only("aws_lambda_event_source_mapping");
    assert.deepEqual(
      {
        handler: made.handler,
        runtime: made.runtime,
        architectures: made.architectures,
        memory: made.memory_size,
        timeout: made.timeout,
        policy: policyName(only("aws_iam_role_policy_attachment").policy_arn),
        mapping: {
          topics: source.topics,
          startingPosition: source.starting_position,
          batchSize: source.batch_size,
          responseTypes: source.function_response_types,
        },
      },
      DEPLOYMENT,
    );
  },
};
