/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sandbox.h"

#include "base/label.h"
#include "cli/principals.h"
#include "review/sandbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char samples_start_at[] = "2026-11-20T15:40:12-08:00";

static const struct cast {
	enum role role;
	unsigned entitled; /* labels of sensitivity */
	const char *id;
	const char *organization;
	const char *credential;
	const char *what;
} cast[] = {
	{ROLE_PROVIDER, 0, "prn_provider", "example-clinic", NULL, "sends requests for example-clinic and sees only those"},
	{ROLE_PROVIDER, 0, "prn_other_provider", "other-clinic", NULL, "the same for other-clinic"},
	{ROLE_INTAKE, LABEL_SUBSTANCE_USE, "prn_intake", NULL, NULL, "enters faxes, works the queue"},
	{ROLE_REVIEWER, LABEL_SUBSTANCE_USE, "prn_reviewer", NULL, "qmhp_bhcc", "licensed review"},
	{ROLE_PHYSICIAN, LABEL_SUBSTANCE_USE, "prn_physician", NULL, "psychiatrist", "physician review"},
	{ROLE_CON_REVIEWER, LABEL_SUBSTANCE_USE, "prn_con_reviewer", NULL, NULL, "certificate of need"},
	{ROLE_APPEALS, LABEL_SUBSTANCE_USE, "prn_appeals", NULL, "psychologist_doctoral", "appeals"},
	{ROLE_AUDITOR, 0, "prn_auditor", NULL, NULL, "reads everything but what is labelled, changes nothing"},
	{ROLE_POLICY_AUTHOR, 0, "prn_policy_author", NULL, NULL, "reads policies, checks bodies"},
	{ROLE_ADMIN, 0, "prn_admin", NULL, NULL, "operates; no health information"},
};

enum { CAST_SIZE = sizeof(cast) / sizeof(cast[0]) };

const char *sandbox_database(struct arena *arena, struct err *err)
{
	const char *base = getenv("TMPDIR");
	char *directory = arena_printf(arena, "%s/authreview-sandbox-XXXXXX", base != NULL && *base != '\0' ? base : "/tmp");
	if (mkdtemp(directory) == NULL) {
		(void)err_set(err, ERR_CONFIG, "sandbox: a temporary directory cannot be made: %s", strerror(errno));
		return NULL;
	}
	return arena_printf(arena, "%s/authreview.db", directory);
}

void sandbox_discard(const char *database)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
	struct arena *arena = arena_create();
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		(void)unlink(arena_printf(arena, "%s%s", database, suffixes[i]));
	}
	char *directory = arena_copy(arena, database);
	*strrchr(directory, '/') = '\0';
	(void)rmdir(directory);
	arena_destroy(arena);
}

void sandbox_clock_start(struct service *service, struct instant start, bool seeded)
{
	if (start.us == 0 && !instant_parse(samples_start_at, &start)) {
		return;
	}
	if (seeded) {
		atomic_store(&service->clock_fixed_us, start.us);
	} else {
		atomic_store(&service->clock_offset_us, instant_since(start, instant_now()).us);
	}
}

static bool create_cast(struct service *service, char tokens[CAST_SIZE][IDENT_TOKEN_SIZE], struct err *err)
{
	for (size_t i = 0; i < CAST_SIZE; i++) {
		struct principal principal = {
			.id = cast[i].id,
			.role = cast[i].role,
			.organization = cast[i].organization,
			.credential = cast[i].credential,
			.entitled = cast[i].entitled,
		};
		if (cast[i].organization == NULL) {
			size_t count = 0;
			const char *const *payers = policy_set_payers(service_policies(service), &count);
			for (size_t p = 0; p < count && p < PRINCIPAL_PAYERS_MAX; p++) {
				principal.payers[principal.payer_count++] = payers[p];
			}
		}
		if (!principal_create(service->store, service->ident, &principal, service_now(service), tokens[i], err)) {
			return false;
		}
	}
	return true;
}

static void print_commands(const char *base, const char *provider, const char *intake)
{
	(void)printf("\nTry, in another terminal:\n\n"
		     "  curl -s -H 'Authorization: Bearer %s' %s/v1/samples/prts-assessment-too-old -o request.json\n"
		     "  curl -s -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -H 'Idempotency-Key: first' "
		     "--data @request.json %s/v1/requests\n"
		     "  curl -s -H 'Authorization: Bearer %s' %s/v1/requests\n\n",
		     provider, base, provider, base, intake, base);
}

bool sandbox_welcome(struct service *service, const char *host, unsigned port, struct arena *arena, struct err *err)
{
	char tokens[CAST_SIZE][IDENT_TOKEN_SIZE];
	char now[INSTANT_TEXT_SIZE];
	const char *base = arena_printf(arena, strchr(host, ':') != NULL ? "http://[%s]:%u" : "http://%s:%u", host, port);
	if (!create_cast(service, tokens, err)) {
		return false;
	}
	(void)printf("\nSandbox. Nothing here is kept. The clock says %s; move it with POST /v1/sandbox/clock.\n\n",
		     zone_format(sandbox_zone(service), service_now(service), now));
	for (size_t i = 0; i < CAST_SIZE; i++) {
		(void)printf("  %-13s  %s  %s\n", role_name(cast[i].role), tokens[i], cast[i].what);
	}
	print_commands(base, tokens[0], tokens[2]);
	(void)fflush(stdout);
	return true;
}
