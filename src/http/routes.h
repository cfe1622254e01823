/* SPDX-License-Identifier: Apache-2.0 */
/* The route table: a route without an action does not compile. openapi.yaml is proven equal to it by a test. */
#ifndef AR_HTTP_ROUTES_H
#define AR_HTTP_ROUTES_H

#include "auth/access.h"
#include "http/exchange.h"

/* clang-format off */
#define ROUTES(ROUTE) \
	ROUTE("GET", "/healthz", ACTION_PUBLIC, "application/json", get_healthz) \
	ROUTE("GET", "/readyz", ACTION_PUBLIC, "application/json", get_readyz) \
	ROUTE("GET", "/metrics", ACTION_READ_METRICS, "text/plain", get_metrics) \
	ROUTE("GET", "/version", ACTION_PUBLIC, "application/json", get_version) \
	ROUTE("GET", "/openapi.yaml", ACTION_PUBLIC, "application/yaml", get_openapi) \
	ROUTE("GET", "/schema/{file}", ACTION_PUBLIC, "application/schema+json application/json", get_schema) \
	ROUTE("GET", "/problems/{code}", ACTION_PUBLIC, "application/json", get_problem) \
	ROUTE("POST", "/v1/requests", ACTION_SUBMIT, "application/json", post_requests) \
	ROUTE("GET", "/v1/requests", ACTION_LIST_REQUESTS, "application/json", get_requests) \
	ROUTE("POST", "/v1/requests/search", ACTION_SEARCH_REQUESTS, "application/json", post_requests_search) \
	ROUTE("GET", "/v1/requests/{id}", ACTION_READ_REQUEST, "application/json", get_request) \
	ROUTE("GET", "/v1/requests/{id}/submission", ACTION_READ_REQUEST, "application/json", get_submission) \
	ROUTE("POST", "/v1/requests/{id}/information", ACTION_SUPPLY_INFORMATION, "application/json", post_information) \
	ROUTE("POST", "/v1/requests/{id}/outreach-attempts", ACTION_LOG_OUTREACH, "application/json", post_outreach_attempts) \
	ROUTE("POST", "/v1/requests/{id}/return", ACTION_RETURN, "application/json", post_return) \
	ROUTE("POST", "/v1/requests/{id}/withdrawal", ACTION_WITHDRAW, "application/json", post_withdrawal) \
	ROUTE("POST", "/v1/requests/{id}/plan-facts", ACTION_RECORD_PLAN_FACTS, "application/json", post_plan_facts) \
	ROUTE("POST", "/v1/requests/{id}/information-requests", ACTION_ASK_INFORMATION, "application/json", post_information_requests) \
	ROUTE("POST", "/v1/requests/{id}/certificate-of-need", ACTION_RECORD_CON, "application/json", post_certificate_of_need) \
	ROUTE("PUT", "/v1/requests/{id}/findings", ACTION_FIND, "application/json", put_findings) \
	ROUTE("PUT", "/v1/requests/{id}/findings/{criterion}", ACTION_FIND, "application/json", put_finding) \
	ROUTE("GET", "/v1/requests/{id}/determination", ACTION_READ_REVIEW, "application/json", get_determination) \
	ROUTE("POST", "/v1/requests/{id}/determination", ACTION_DETERMINE, "application/json", post_determination) \
	ROUTE("POST", "/v1/requests/{id}/notices", ACTION_RECORD_NOTICE, "application/json", post_notices) \
	ROUTE("POST", "/v1/requests/{id}/placement", ACTION_RECORD_PLACEMENT, "application/json", post_placement) \
	ROUTE("POST", "/v1/requests/{id}/appeals", ACTION_APPEAL, "application/json", post_appeals) \
	ROUTE("GET", "/v1/appeals/{id}", ACTION_READ_APPEAL, "application/json", get_appeal) \
	ROUTE("POST", "/v1/appeals/{id}/determination", ACTION_DECIDE_APPEAL, "application/json", post_appeal_determination) \
	ROUTE("POST", "/v1/requests/{id}/closure", ACTION_CLOSE, "application/json", post_closure) \
	ROUTE("GET", "/v1/requests/{id}/timeline", ACTION_READ_REQUEST, "application/json", get_timeline) \
	ROUTE("GET", "/v1/requests/{id}/episode", ACTION_READ_REQUEST, "application/json", get_episode) \
	ROUTE("POST", "/v1/service-records", ACTION_RECORD_CARE, "application/json", post_service_records) \
	ROUTE("GET", "/v1/service-records", ACTION_READ_CARE, "application/json", get_service_records) \
	ROUTE("GET", "/v1/service-records/{id}", ACTION_READ_CARE, "application/json", get_service_record) \
	ROUTE("GET", "/v1/service-records/{id}/timeline", ACTION_READ_CARE, "application/json", get_record_timeline) \
	ROUTE("GET", "/v1/service-records/{id}/obligations", ACTION_READ_CARE, "application/json", get_record_obligations) \
	ROUTE("POST", "/v1/service-records/{id}/occurrences", ACTION_RECORD_OCCURRENCES, "application/json", post_occurrences) \
	ROUTE("POST", "/v1/service-records/{id}/waivers", ACTION_WAIVE, "application/json", post_waivers) \
	ROUTE("GET", "/v1/obligations", ACTION_READ_CARE, "application/json", get_obligations) \
	ROUTE("PUT", "/v1/providers/{npi}/attestations/{id}", ACTION_ATTEST, "application/json", put_attestation) \
	ROUTE("GET", "/v1/providers/{npi}/attestations", ACTION_READ_CARE, "application/json", get_attestations) \
	ROUTE("GET", "/v1/events", ACTION_READ_EVENTS, "application/json", get_events) \
	ROUTE("GET", "/v1/decisions", ACTION_READ_DECISIONS, "application/json text/csv", get_decisions) \
	ROUTE("GET", "/v1/decisions/{id}", ACTION_READ_DECISIONS, "application/json", get_decision) \
	ROUTE("POST", "/v1/checks", ACTION_CHECK, "application/json", post_checks) \
	ROUTE("GET", "/v1/requirements", ACTION_READ_POLICY, "application/json text/html", get_requirements) \
	ROUTE("GET", "/v1/policies", ACTION_READ_POLICY, "application/json", get_policies) \
	ROUTE("GET", "/v1/policies/{id}/versions/{version}", ACTION_READ_POLICY, "application/json", get_policy_version) \
	ROUTE("GET", "/v1/samples", ACTION_READ_POLICY, "application/json", get_samples) \
	ROUTE("GET", "/v1/samples/{name}", ACTION_READ_POLICY, "application/json", get_sample) \
	ROUTE("POST", "/v1/sandbox/clock", ACTION_MOVE_CLOCK, "application/json", post_sandbox_clock)
/* clang-format on */

struct route {
	const char *method;
	const char *path;
	enum action action;
	const char *offers; /* media types of its answer, separated by blanks; 406 when Accept likes none */
	endpoint_fn endpoint;
};

extern const struct route routes[];
extern const size_t route_count;

#define ROUTE(method, path, action, offers, endpoint) void endpoint(struct exchange *exchange);
ROUTES(ROUTE)
#undef ROUTE

#endif
