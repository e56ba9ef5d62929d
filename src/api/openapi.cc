#include "api/openapi.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/contract.h"
#include "core/permissions.h"
#include "http/cookies.h"
#include "util/version.h"

namespace ostiary::api {
namespace {

namespace json = boost::json;

json::string_view View(std::string_view text) { return {text.data(), text.size()}; }
json::string Text(std::string_view text) { return json::string(View(text)); }
json::object RefTo(std::string_view what) { return {{"$ref", Text(what)}}; }
json::object RefToShape(std::string_view shape) {
    return RefTo(fmt::format("#/components/schemas/{}", shape));
}

// ── Shapes ─────────────────────────────────────────────────────────────────────────────────────

json::object ListOf(json::value items) { return {{"type", "array"}, {"items", std::move(items)}}; }

json::object SchemaOf(Kind kind, std::string_view shape) {
    switch (kind) {
        case Kind::kText: return {{"type", "string"}};
        case Kind::kWhole: return {{"type", "integer"}};
        case Kind::kFlag: return {{"type", "boolean"}};
        case Kind::kMoment: return {{"type", "string"}, {"format", "date-time"}};
        case Kind::kTexts: return ListOf(json::object{{"type", "string"}});
        case Kind::kWholes: return ListOf(json::object{{"type", "integer"}});
        case Kind::kShape: return RefToShape(shape);
        case Kind::kShapes: return ListOf(RefToShape(shape));
        case Kind::kWholeOrText: return {{"type", json::array{"integer", "string"}}};
        case Kind::kAnyObject:
            return {{"type", "object"}, {"additionalProperties", json::object()}};
        case Kind::kTextsOrText:
            return {{"type", json::array{"array", "string"}},
                    {"items", json::object{{"type", "string"}}}};
    }
    return {};
}

json::object OrNull(json::object schema) {
    if (json::value* type = schema.if_contains("type")) {
        json::array types = type->is_array() ? type->as_array() : json::array{*type};
        types.emplace_back("null");
        *type = std::move(types);
        return schema;
    }
    return {{"anyOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
}

json::object SchemaOf(const Field& field) {
    json::object schema = SchemaOf(field.kind, field.shape);
    if (field.presence != Presence::kAlways) schema = OrNull(std::move(schema));
    if (!field.about.empty()) schema["description"] = Text(field.about);
    return schema;
}

json::object SchemaOf(const Shape& shape) {
    json::object properties;
    json::array required;
    for (const Field& field : shape.fields) {
        properties[View(field.name)] = SchemaOf(field);
        if (field.presence != Presence::kSometimes) required.push_back(Text(field.name));
    }
    json::object schema{{"type", "object"},
                        {"description", Text(shape.about)},
                        {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

json::object ErrorSchema() {
    const json::object sentence{{"type", "string"}};
    return {{"type", "object"},
            {"description", "What went wrong, for people and for programs"},
            {"required", {"error", "details", "code", "fields", "request_id"}},
            {"properties",
             json::object{
                 {"error", sentence},
                 {"details", sentence},
                 {"code", {{"type", "string"}, {"description", "Stable: role.unknown"}}},
                 {"fields",
                  {{"type", "object"},
                   {"description", "Every wrong field, and what is wrong with it"},
                   {"additionalProperties", ListOf(sentence)}}},
                 {"request_id", {{"type", "string"}, {"description", "To be found in the log"}}},
             }}};
}

// ── Calls ──────────────────────────────────────────────────────────────────────────────────────

json::array ParametersOf(const Route& route, const Call& call) {
    json::array parameters;
    for (std::string_view rest = route.path; rest.find('{') != rest.npos;) {
        rest.remove_prefix(rest.find('{') + 1);
        const std::string_view name = rest.substr(0, rest.find('}'));
        const PathValue& value = FindPathValue(route.path, name);
        parameters.push_back({{"name", Text(name)},
                              {"in", "path"},
                              {"required", true},
                              {"description", Text(value.about)},
                              {"schema", SchemaOf(value.kind, "")}});
    }
    for (const Field& field : call.query)
        parameters.push_back({{"name", Text(field.name)},
                              {"in", "query"},
                              {"required", field.presence == Presence::kAlways},
                              {"description", Text(field.about)},
                              {"schema", SchemaOf(field.kind, field.shape)}});
    if (call.has_version && route.method == Method::kGet)
        parameters.push_back(RefTo("#/components/parameters/IfNoneMatch"));
    if (call.has_version && route.method != Method::kGet)
        parameters.push_back(RefTo("#/components/parameters/IfMatch"));
    if (route.repeat != Repeat::kRuns)
        parameters.push_back(RefTo("#/components/parameters/IdempotencyKey"));
    return parameters;
}

json::object BodyOf(const Call& call) {
    const json::object schema{{"schema", RefToShape(call.body)}};
    json::object content{{"application/json", schema}};
    if (call.takes == Takes::kFile) {
        content["application/json"] = json::object{
            {"schema", json::object{{"type", "array"}, {"items", RefToShape(call.body)}}}};
        content["text/csv"] = json::object{{"schema", json::object{{"type", "string"}}}};
    }
    if (call.takes == Takes::kFormOrJson) content["application/x-www-form-urlencoded"] = schema;
    return {{"required", call.takes != Takes::kMaybeJson}, {"content", std::move(content)}};
}

json::object EndingOf(const Ending& ending, bool has_version) {
    json::object response;
    const Shape* shape = FindShape(ending.shape);
    response["description"] = Text(shape                  ? shape->about
                                   : ending.media.empty() ? "Done"
                                                          : "The file");
    if (shape && ending.media.empty())
        response["content"] = {{"application/json", {{"schema", RefToShape(ending.shape)}}}};
    if (!ending.media.empty())
        response["content"] = {{Text(ending.media),
                                {{"schema", shape ? ListOf(RefToShape(ending.shape))
                                                  : json::object{{"type", "string"}}}}}};
    if (has_version) response["headers"] = {{"ETag", RefTo("#/components/headers/ETag")}};
    return response;
}

json::object ResponsesOf(const Route& route, const Call& call) {
    json::object responses;
    for (const Ending& ending : {call.ending, call.other_ending})
        if (ending.status != 0)
            responses[std::to_string(ending.status)] = EndingOf(ending, call.has_version);
    if (call.has_version && route.method == Method::kGet)
        responses["304"] = {{"description", "You have it already"}};
    responses["4XX"] = RefTo("#/components/responses/Refused");
    responses["5XX"] = RefTo("#/components/responses/Failed");
    return responses;
}

json::array SecurityOf(const Route& route) {
    if (route.access.anyone) return {};
    return {json::object{{"token", json::array{}}}, json::object{{"session", json::array{}}}};
}

std::string AboutAccess(const Route& route) {
    if (route.access.anyone) return "Anyone may.";
    const std::string_view scope = GrantOf(route.access.needed).scope;
    if (scope.empty()) return "No token opens this; sign in with a browser.";
    return fmt::format("A token needs the scope {}.", scope);
}

json::object OperationOf(const Route& route, const Call& call) {
    json::object operation{{"operationId", Text(route.name)},
                           {"summary", Text(call.about)},
                           {"description", Text(AboutAccess(route))},
                           {"tags", json::array{Text(NounOf(route.path))}},
                           {"security", SecurityOf(route)}};
    json::array parameters = ParametersOf(route, call);
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    if (call.takes != Takes::kNothing) operation["requestBody"] = BodyOf(call);
    operation["responses"] = ResponsesOf(route, call);
    return operation;
}

std::string LowerNameOf(Method method) {
    std::string name(NameOf(method));
    for (char& c : name) c = static_cast<char>(c | 0x20);
    return name;
}

// ── The document ───────────────────────────────────────────────────────────────────────────────

json::object ErrorAnswer(std::string_view about) {
    return {{"description", Text(about)},
            {"content",
             {{"application/json", {{"schema", RefToShape("Error")}}},
              {"application/problem+json", {{"schema", {{"type", "object"}}}}}}}};
}

json::object HeaderParameter(std::string_view name, std::string_view about) {
    return {{"name", Text(name)},
            {"in", "header"},
            {"required", false},
            {"description", Text(about)},
            {"schema", {{"type", "string"}}}};
}

json::object Components(const Config& config) {
    json::object schemas;
    for (const Shape& shape : Shapes()) schemas[View(shape.name)] = SchemaOf(shape);
    schemas["Error"] = ErrorSchema();
    return {
        {"schemas", std::move(schemas)},
        {"responses",
         {{"Refused", ErrorAnswer("The request is wrong, or not allowed")},
          {"Failed", ErrorAnswer("The service cannot answer now")}}},
        {"parameters",
         {{"IfMatch", HeaderParameter("If-Match",
                                      "The ETag of what you looked at: 412 if it has "
                                      "changed meanwhile")},
          {"IdempotencyKey", HeaderParameter("Idempotency-Key",
                                             "For a day, the same request with the same key "
                                             "gets the first answer again; another: 422")},
          {"IfNoneMatch", HeaderParameter("If-None-Match",
                                          "The ETag of what you have: 304 if it "
                                          "is still that")}}},
        {"headers",
         {{"ETag",
           {{"description", "Its version"}, {"schema", json::object{{"type", "string"}}}}}}},
        {"securitySchemes",
         {{"token", {{"type", "http"}, {"scheme", "bearer"}}},
          {"session",
           {{"type", "apiKey"}, {"in", "cookie"}, {"name", Text(SessionCookieName(config))}}}}}};
}

json::object Info() {
    return {{"title", "Ostiary"},
            {"version", Text(kVersion)},
            {"description",
             "Invite codes: who hands them out, who redeems them, and what that "
             "grants. A trailing slash is optional; unknown fields are refused."},
            {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}};
}

json::array Tags() {
    json::array tags;
    for (const Noun& noun : Nouns())
        tags.push_back({{"name", Text(noun.name)}, {"description", Text(noun.about)}});
    return tags;
}

}  // namespace

json::object OpenApi(std::span<const Route> routes, const Config& config) {
    json::object paths;
    for (const Route& route : routes) {
        const Call* call = FindCall(route.name);
        if (call == nullptr) continue;
        json::value& path = paths[View(route.path)];
        if (!path.is_object()) path.emplace_object();
        path.as_object()[LowerNameOf(route.method)] = OperationOf(route, *call);
    }
    return {{"openapi", "3.1.0"},
            {"info", Info()},
            {"servers", json::array{json::object{{"url", Text(config.BaseUrl())}}}},
            {"tags", Tags()},
            {"paths", std::move(paths)},
            {"components", Components(config)}};
}

}  // namespace ostiary::api
