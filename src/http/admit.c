/* SPDX-License-Identifier: Apache-2.0 */
#include "http/admit.h"

#include "http/accept.h"

#include <string.h>
#include <strings.h>

enum { TOKEN_MAX = 256, MINUTE = 60 };

struct address exchange_client(const struct exchange *exchange)
{
	const struct http_server *server = exchange->server;
	const struct address peer = exchange->peer->address;
	bool trusted = false;
	for (size_t i = 0; i < server->trusted_count; i++) {
		trusted = trusted || address_equal(&server->trusted[i], &peer);
	}
	const char *chain = trusted ? head_field(&exchange->head, "X-Forwarded-For") : NULL;
	if (chain == NULL) {
		return peer;
	}
	/*
	 * The last entry is the one that the trusted proxy added itself; those before it are the client's
	 * claim.
	 */
	const char *comma = strrchr(chain, ',');
	const char *last = comma != NULL ? comma + 1 : chain;
	struct address client;
	return address_parse(last + strspn(last, " \t"), &client) ? client : peer;
}

/* The token of "Bearer TOKEN", or NULL. */
static const char *bearer_token(const char *authorization)
{
	static const char scheme[] = "Bearer ";
	if (authorization == NULL || strncasecmp(authorization, scheme, sizeof(scheme) - 1) != 0) {
		return NULL;
	}
	const char *token = authorization + sizeof(scheme) - 1;
	token += strspn(token, " ");
	const size_t length = strlen(token);
	return length == 0 || length > TOKEN_MAX || strcspn(token, " \t,") < length ? NULL : token;
}

/*
 * A known token always passes, also from an address with many failures: 256 random bits need no protection
 * from guessing, and one client with an outdated token must not lock out everybody behind the same address.
 */
static bool refuse_token(struct exchange *exchange, bool given, struct err *err)
{
	const struct address client = exchange_client(exchange);
	const int64_t second = monotonic_us() / 1000000;
	if (throttle_count(&exchange->server->throttle, &client, second / MINUTE)) {
		exchange->retry_after = (unsigned)(MINUTE - second % MINUTE);
		return err_set(err, ERR_TOO_MANY, "too many failed authentications from this address");
	}
	exchange_set_header(exchange, "WWW-Authenticate", given ? "Bearer error=\"invalid_token\"" : "Bearer");
	return err_set(err, ERR_UNAUTHENTICATED,
		       given ? "the token is not known" : "send the header field Authorization: Bearer TOKEN");
}

static bool authenticate(struct exchange *exchange, struct err *err)
{
	const char *authorization = head_field(&exchange->head, "Authorization");
	const char *token = bearer_token(authorization);
	if (token == NULL) {
		return refuse_token(exchange, authorization != NULL, err);
	}
	struct store_reader *reader = worker_reader(exchange->worker, exchange->server, err);
	if (reader == NULL ||
	    !service_principal(exchange->server->service, reader, token, exchange->arena, &exchange->principal, err)) {
		return false;
	}
	return exchange->principal != NULL || refuse_token(exchange, true, err);
}

static bool authorize(struct exchange *exchange, struct err *err)
{
	const enum action action = exchange->match.route->action;
	if (action == ACTION_PUBLIC) {
		return true;
	}
	if (!authenticate(exchange, err)) {
		return false;
	}
	if (!access_allows(exchange->principal->role, action)) {
		return err_set(err, ERR_FORBIDDEN, "the role %s does not include %s", role_name(exchange->principal->role),
			       action_name(action));
	}
	return true;
}

static bool is_json(const char *type)
{
	static const char json[] = "application/json";
	if (type == NULL || strncasecmp(type, json, sizeof(json) - 1) != 0) {
		return false;
	}
	type += sizeof(json) - 1;
	type += strspn(type, " \t");
	if (*type == '\0') {
		return true;
	}
	if (*type++ != ';') {
		return false;
	}
	type += strspn(type, " \t");
	return strcasecmp(type, "charset=utf-8") == 0 || strcasecmp(type, "charset=\"utf-8\"") == 0;
}

static bool check_body(const struct exchange *exchange, struct err *err)
{
	const struct head *head = &exchange->head;
	const size_t limit = exchange->server->limits.body_bytes;
	if ((head->chunked || head->content_length > 0) && !is_json(head_field(head, "Content-Type"))) {
		return err_set(err, ERR_MEDIA_TYPE, "send Content-Type: application/json");
	}
	if (head->content_length > limit) {
		return err_set(err, ERR_TOO_LARGE, "the body is larger than %zu bytes", limit);
	}
	return true;
}

/* Asked before anything is done: a change must not be recorded and then not be told. */
static bool acceptable(const struct exchange *exchange, struct err *err)
{
	const char *accept = head_field(&exchange->head, "Accept");
	const char *offers = exchange->match.route->offers;
	return accept_any(accept, offers) || err_set(err, ERR_NOT_ACCEPTABLE, "offered here: %s", offers);
}

/* Only what reads has parameters; which ones, its endpoint says. */
static bool plain_target(const struct exchange *exchange, struct err *err)
{
	if (exchange->query_text == NULL || strcmp(exchange->match.route->method, "GET") == 0) {
		return true;
	}
	return err_set(err, ERR_BAD_PARAMETER, "a %s takes no query parameters", exchange->match.route->method);
}

bool admit_head(struct exchange *exchange, struct err *err)
{
	const struct http_server *server = exchange->server;
	if (!route_find(server->routes, server->route_count, exchange->head.method, exchange->path, exchange->arena,
			&exchange->match, err)) {
		return false;
	}
	return exchange->match.options || (authorize(exchange, err) && acceptable(exchange, err) &&
					   plain_target(exchange, err) && check_body(exchange, err));
}

/* What only reads or computes is served while the writer is behind. */
static bool records(const struct route *route)
{
	return strcmp(route->method, "GET") != 0 && route->action != ACTION_PUBLIC && route->action != ACTION_CHECK &&
	       route->action != ACTION_SEARCH_REQUESTS;
}

bool admit_body(struct exchange *exchange, struct err *err)
{
	const struct route *route = exchange->match.route;
	if (route != NULL && records(route) && service_congested(exchange->server->service)) {
		return err_set(err, ERR_BUSY, "too many changes are waiting; nothing was recorded");
	}
	return true;
}
