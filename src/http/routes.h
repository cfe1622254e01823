/* SPDX-License-Identifier: Apache-2.0 */
/* The route table: a route without an action does not compile. openapi.yaml is proven equal to it by a test. */
#ifndef AR_HTTP_ROUTES_H
#define AR_HTTP_ROUTES_H

#include "auth/access.h"
#include "http/exchange.h"

#define ROUTES(ROUTE) \
	ROUTE("GET", "/healthz", ACTION_PUBLIC, get_healthz) \
	ROUTE("GET", "/readyz", ACTION_PUBLIC, get_readyz) \
	ROUTE("GET", "/metrics", ACTION_READ_METRICS, get_metrics) \
	ROUTE("GET", "/version", ACTION_PUBLIC, get_version) \
	ROUTE("GET", "/openapi.yaml", ACTION_PUBLIC, get_openapi) \
	ROUTE("GET", "/schema/{file}", ACTION_PUBLIC, get_schema) \
	ROUTE("GET", "/problems/{code}", ACTION_PUBLIC, get_problem) \
	ROUTE("POST", "/v1/requests", ACTION_SUBMIT, post_requests) \
	ROUTE("GET", "/v1/requests", ACTION_LIST_REQUESTS, get_requests) \
	ROUTE("POST", "/v1/requests/search", ACTION_SEARCH_REQUESTS, post_requests_search) \
	ROUTE("GET", "/v1/requests/{id}", ACTION_READ_REQUEST, get_request) \
	ROUTE("POST", "/v1/requests/{id}/information", ACTION_SUPPLY_INFORMATION, post_information) \
	ROUTE("GET", "/v1/requests/{id}/timeline", ACTION_READ_REQUEST, get_timeline) \
	ROUTE("GET", "/v1/events", ACTION_READ_EVENTS, get_events) \
	ROUTE("POST", "/v1/checks", ACTION_CHECK, post_checks) \
	ROUTE("GET", "/v1/requirements", ACTION_READ_POLICY, get_requirements) \
	ROUTE("GET", "/v1/policies", ACTION_READ_POLICY, get_policies) \
	ROUTE("GET", "/v1/policies/{id}/versions/{version}", ACTION_READ_POLICY, get_policy_version) \
	ROUTE("GET", "/v1/samples", ACTION_READ_POLICY, get_samples) \
	ROUTE("GET", "/v1/samples/{name}", ACTION_READ_POLICY, get_sample) \
	ROUTE("POST", "/v1/sandbox/clock", ACTION_MOVE_CLOCK, post_sandbox_clock)

struct route {
	const char *method;
	const char *path;
	enum action action;
	endpoint_fn endpoint;
};

extern const struct route routes[];
extern const size_t route_count;

#define ROUTE(method, path, action, endpoint) void endpoint(struct exchange *exchange);
ROUTES(ROUTE)
#undef ROUTE

#endif
