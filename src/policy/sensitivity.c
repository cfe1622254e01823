/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/sensitivity.h"

#include "base/label.h"

bool sensitivity_compile(struct compiler *compiler, const struct json *manifest, const struct spot *spot, struct policy *policy)
{
	const struct json *list = json_member(manifest, "sensitivity");
	const struct spot at_list = spot_member(spot, "sensitivity");
	struct sensitivity_rule *rules = arena_array(compiler->arena, json_count(list) + 1, sizeof(*rules));
	bool good = true;
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		struct sensitivity_rule *rule = &rules[policy->sensitivity_count];
		const struct spot here = spot_element(&at_list, policy->sensitivity_count++);
		const struct spot at_label = spot_member(&here, "label");
		const struct spot at_when = spot_member(&here, "when");
		if (!label_from_name(json_text(json_member(one, "label")), &rule->label)) {
			spot_issue(compiler->issues, &at_label, "unknown_word", "there is no such label of sensitivity");
			good = false;
		}
		rule->when = check_compile(compiler, json_member(one, "when"), &at_when);
		good = rule->when && good;
	}
	policy->sensitivity = rules;
	return good;
}

unsigned sensitivity_judge(struct evaluator *evaluator)
{
	const struct policy *policy = evaluator->policy;
	unsigned labels = 0;
	for (size_t i = 0; i < policy->sensitivity_count; i++) {
		const struct sensitivity_rule *rule = &policy->sensitivity[i];
		const bool set = (labels & rule->label) != 0;
		if (!set && evaluator_answer(evaluator, rule->when) == ANSWER_MET) {
			labels |= rule->label;
		}
	}
	return labels;
}
