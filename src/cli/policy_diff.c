/* SPDX-License-Identifier: Apache-2.0 */
/* authreviewd policy diff: what changed from one version of a policy to another, in words. */
#include "policy/diff.h"

#include "cli/command.h"
#include "cli/policy_call.h"

#include <stdio.h>
#include <unistd.h>

/* A directory with a policy.json, or POLICY/VERSION below the policies; NULL when it is neither. */
static const char *find_directory(const struct policy_call *call, const char *name)
{
	const char *below = arena_printf(call->arena, "%s/%s", call->directory, name);
	const char *places[] = {name, below};
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (access(arena_printf(call->arena, "%s/policy.json", places[i]), R_OK) == 0) {
			return places[i];
		}
	}
	return NULL;
}

static const char *name_of(const struct policy_call *call, const struct diff_version *version)
{
	const char *policy = json_text(json_member(version->manifest, "policy"));
	const char *number = json_text(json_member(version->manifest, "version"));
	return arena_printf(call->arena, "%s %s", policy != NULL ? policy : "?", number != NULL ? number : "?");
}

static void write_version(struct json_writer *writer, const char *name, const struct diff_version *version)
{
	json_put_name(writer, name);
	json_open_object(writer);
	json_member_text(writer, "policy", json_text(json_member(version->manifest, "policy")));
	json_member_text(writer, "version", json_text(json_member(version->manifest, "version")));
	json_member_text(writer, "directory", version->directory);
	json_close_object(writer);
}

static void write_change(struct json_writer *writer, const struct change *change)
{
	json_open_object(writer);
	json_member_text(writer, "about", change->about);
	json_member_text(writer, "id", change->id);
	json_member_text(writer, "what", change->what);
	json_member_text(writer, "member", change->member);
	json_member_text(writer, "from", change->from);
	json_member_text(writer, "to", change->to);
	json_member_text(writer, "say", change->say);
	json_close_object(writer);
}

static void write_answer(struct policy_call *call, const struct diff_version *versions, const struct changes *changes)
{
	struct json_writer *writer = &call->writer;
	json_open_object(writer);
	write_version(writer, "from", &versions[0]);
	write_version(writer, "to", &versions[1]);
	json_put_name(writer, "changes");
	json_open_array(writer);
	for (size_t i = 0; i < changes->count; i++) {
		write_change(writer, &changes->list[i]);
	}
	json_close_array(writer);
	json_member_boolean(writer, "good", true);
	json_close_object(writer);
	policy_call_print(call);
}

static void print(const struct policy_call *call, const struct diff_version *versions, const struct changes *changes)
{
	(void)printf("%s -> %s\n", name_of(call, &versions[0]), name_of(call, &versions[1]));
	for (size_t i = 0; i < changes->count; i++) {
		(void)printf("%s\n", changes->list[i].say);
	}
	(void)printf("%zu change%s\n", changes->count, changes->count == 1 ? "" : "s");
}

int policy_diff(struct policy_call *call)
{
	struct diff_version versions[2];
	struct changes changes = {.arena = call->arena};
	for (size_t i = 0; i < 2; i++) {
		struct issues issues;
		issues_init(&issues, call->arena);
		const char *directory = find_directory(call, call->arguments[i]);
		if (directory == NULL) {
			return policy_call_fail(call, "%s: there is no policy.json, neither there nor below %s",
						call->arguments[i], call->directory);
		}
		if (!diff_read(call->arena, directory, &issues, &versions[i])) {
			return policy_call_refuse(call, &issues, arena_printf(call->arena, "%s cannot be read", directory));
		}
	}
	diff_versions(&versions[0], &versions[1], embedded_json(call->schemas, "request.json"), &changes);
	if (call->json) {
		write_answer(call, versions, &changes);
	} else {
		print(call, versions, &changes);
	}
	return call->exit_code && changes.count > 0 ? EXIT_FAILED : EXIT_OK;
}
