// What the server can do and what its resources are made of (RFC 7644, section 4).

#include "api/scim.h"
#include "api/scim_answers.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

constexpr int kMostBulkOperations = 1000;

// There is nothing to choose from: a filter here is a mistake.
Result<void> TakeNoFilter(const Request& request) {
    TRY(request.actor->Ask<kScim>());
    const Fields query = request.Query();
    for (const auto& [name, value] : query.all())
        if (scim::SameName(name, "filter"))
            return Error{ErrorKind::kForbidden, "scim.filter", "Access denied",
                         "This list takes no filter"};
    return {};
}

json::object WithLocation(json::object told, const World& world, std::string_view path,
                          std::string_view kind) {
    told["meta"] = json::object{{"resourceType", std::string(kind)},
                                {"location", scim::BaseOf(world.config) + std::string(path)}};
    return told;
}

Response ShowAll(const std::vector<json::object>& all) {
    scim::Question question;
    scim::Found found;
    found.resources = all;
    found.total = static_cast<std::int64_t>(all.size());
    return scim::ShowFound(question, found);
}

Error NoSuch(std::string_view what) {
    return {ErrorKind::kNotFound, "scim.unknown", "Not found",
            Sentence("There is no such " + std::string(what))};
}

json::object SchemaOf(const World& world, const scim::Schema& schema) {
    return WithLocation(scim::Describe(schema, world.config.catalogue), world,
                        "/Schemas/" + std::string(schema.urn), "Schema");
}

}  // namespace

Result<Response> ScimServiceProviderConfig(const Request& request, World& world) {
    TRY(TakeNoFilter(request));
    const auto is_supported = [](bool is_it) { return json::object{{"supported", is_it}}; };
    json::object told;
    told["schemas"] = json::array{"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"};
    told["patch"] = is_supported(true);
    told["bulk"] = json::object{{"supported", true},
                                {"maxOperations", kMostBulkOperations},
                                {"maxPayloadSize", world.config.max_body_bytes}};
    told["filter"] = json::object{{"supported", true}, {"maxResults", scim::kLargestPage}};
    told["changePassword"] = is_supported(false);
    told["sort"] = is_supported(true);
    told["etag"] = is_supported(true);
    told["authenticationSchemes"] =
        json::array{json::object{{"type", "oauthbearertoken"},
                                 {"name", "API token"},
                                 {"description",
                                  "A token of a superuser with the scope scim, sent as "
                                  "Authorization: Bearer"},
                                 {"specUri", "https://www.rfc-editor.org/info/rfc6750"},
                                 {"primary", true}}};
    return scim::Show(200, WithLocation(std::move(told), world, "/ServiceProviderConfig",
                                        "ServiceProviderConfig"));
}

Result<Response> ScimResourceTypes(const Request& request, World& world) {
    TRY(TakeNoFilter(request));
    const std::string base = scim::BaseOf(world.config);
    return ShowAll(
        {scim::Describe(scim::UserType(), base), scim::Describe(scim::GroupType(), base)});
}

Result<Response> ScimResourceType(const Request& request, World& world) {
    TRY(TakeNoFilter(request));
    for (const scim::ResourceType* type : {&scim::UserType(), &scim::GroupType()})
        if (type->name == request.PathValue("name"))
            return scim::Show(200, scim::Describe(*type, scim::BaseOf(world.config)));
    return NoSuch("resource type");
}

Result<Response> ScimSchemas(const Request& request, World& world) {
    TRY(TakeNoFilter(request));
    std::vector<json::object> all;
    for (const scim::Schema* schema : scim::AllSchemas()) all.push_back(SchemaOf(world, *schema));
    return ShowAll(all);
}

Result<Response> ScimSchema(const Request& request, World& world) {
    TRY(TakeNoFilter(request));
    for (const scim::Schema* schema : scim::AllSchemas())
        if (scim::SameName(schema->urn, request.PathValue("urn")))
            return scim::Show(200, SchemaOf(world, *schema));
    return NoSuch("schema");
}

}  // namespace ostiary::api
