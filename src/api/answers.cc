#include "api/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/accounts.h"
#include "core/shapes.h"
#include "http/forms.h"
#include "http/json_body.h"
#include "util/nearest.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kLargestPage = 100, kUsualPage = 20, kMostErrors = 20, kLongestName = 100;
constexpr std::int64_t kNoVersion = -1;

Sentence UnknownParameter(std::string_view name, std::span<const std::string_view> known) {
    const std::string_view meant = NearestOf(name, known);
    if (!meant.empty()) return Say("There is no such parameter; did you mean {}?", meant);
    if (known.empty()) return "This call takes no parameters";
    return Say("There is no such parameter; there are: {}",
               Join({known.begin(), known.end()}, ", "));
}

// "{id}.{version}.{what it looks like}": uses and the mere passing of time change what it looks
// like, and not its version.
std::string TagOf(const World& world, const Thing& thing) {
    return fmt::format("\"{}.{}.{}\"", thing.id, thing.version,
                       world.vault.Hash(Purpose::kCache, thing.shape));
}

// A proxy that compresses makes weak ones of ours.
std::string_view Strong(std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    return tag;
}

std::int64_t VersionIn(std::string_view tag, std::string_view id) {
    tag = Strong(tag);
    if (tag.size() < 2 || !tag.starts_with('"') || !tag.ends_with('"')) return kNoVersion;
    tag = tag.substr(1, tag.size() - 2);
    if (!tag.starts_with(id) || !tag.substr(id.size()).starts_with('.')) return kNoVersion;
    tag.remove_prefix(id.size() + 1);
    return ParseInt(tag.substr(0, tag.find('.'))).value_or(kNoVersion);
}

std::string LinkTo(const Request& request, const World& world, std::string_view cursor) {
    std::string query;
    const Fields fields = request.Query();
    for (const auto& [name, value] : fields.all())
        if (name != "cursor" && name != "since")
            query += EncodeQueryValue(name) + "=" + EncodeQueryValue(value) + "&";
    return world.config.BaseUrl() + request.path + "?" + query +
           "cursor=" + EncodeQueryValue(cursor);
}

}  // namespace

Result<void> KnowOnly(const Request& request, std::initializer_list<std::string_view> names) {
    std::vector<FieldError> errors;
    const Fields query = request.Query();
    for (const auto& [name, value] : query.all())
        if (errors.size() < kMostErrors && std::ranges::find(names, name) == names.end())
            errors.push_back({name.substr(0, kLongestName), "field.unknown",
                              UnknownParameter(name, {names.begin(), names.size()})});
    if (errors.empty()) return {};
    return InvalidFields(std::move(errors));
}

Result<json::object> BodyOf(const Request& request) {
    TRY(KnowOnly(request, {}));
    return ReadJsonBody(request);
}

Result<json::object> MaybeBodyOf(const Request& request) {
    TRY(KnowOnly(request, {}));
    return ReadOptionalJsonBody(request);
}

Result<void> TakeNothing(const Request& request) {
    const json::object body = TRY(MaybeBodyOf(request));
    std::vector<FieldError> errors;
    for (const auto& member : body)
        if (errors.size() < kMostErrors)
            errors.push_back({std::string(member.key()).substr(0, kLongestName), "field.unknown",
                              "There is no such field"});
    if (errors.empty()) return {};
    return InvalidFields(std::move(errors));
}

Result<std::size_t> PageSizeOf(const Fields& query) {
    const auto typed = query.Find("page_size");
    if (!typed) return kUsualPage;
    const auto size = ParseInt(*typed);
    if (!size || *size < 1 || *size > static_cast<std::int64_t>(kLargestPage))
        return InvalidFields(
            {{"page_size", "page_size.invalid", "page_size is a number from 1 to 100"}});
    return static_cast<std::size_t>(*size);
}

Result<bool> FlagOf(const Fields& query, std::string_view name) {
    const auto typed = query.Find(name);
    if (!typed || *typed == "false" || *typed == "0") return false;
    if (*typed == "true" || *typed == "1") return true;
    return InvalidFields(
        {{std::string(name), std::string(name) + ".invalid", Say("{} is true or false", name)}});
}

Error WrongCursor(std::string_view name) {
    return InvalidFields({{std::string(name), std::string(name) + ".invalid",
                           "Cursor must be one that an earlier page of this list gave"}});
}

Result<std::int64_t> IdCursorOf(const Fields& query, std::string_view name) {
    const auto typed = query.Find(name);
    if (!typed || typed->empty()) return std::int64_t{0};
    const auto after = ParseInt(*typed);
    if (!after || *after < 0) return WrongCursor(name);
    return *after;
}

Response Show(const Request& request, const World& world, const Thing& thing) {
    const std::string tag = TagOf(world, thing);
    for (const std::string& known : SplitList(request.HeaderValue("if-none-match"), ','))
        if (known == "*" || Strong(known) == tag) {
            Response same;
            same.status = 304;
            same.content_type.clear();
            return same.With("ETag", tag);
        }
    return Json(200, thing.shape).With("ETag", tag);
}

Response Tell(int status, std::string_view message, std::string_view shape) {
    return Json(status, fmt::format(R"({{"success":true,"message":{},"data":{}}})",
                                    JsonText(message), shape));
}

Response Tell(const World& world, int status, std::string_view message, const Thing& thing) {
    return Tell(status, message, thing.shape).With("ETag", TagOf(world, thing));
}

Response NoContent() {
    Response gone;
    gone.status = 204;
    gone.content_type.clear();
    return gone;
}

std::optional<std::int64_t> ExpectedVersion(const Request& request, std::string_view id) {
    const auto tags = SplitList(request.HeaderValue("if-match"), ',');
    if (tags.empty() && request.HeaderValue("if-match").empty()) return std::nullopt;
    std::int64_t version = kNoVersion;
    for (const std::string& tag : tags) {
        if (tag == "*") return std::nullopt;
        version = std::max(version, VersionIn(tag, id));
    }
    return version;
}

Response ShowList(const Request& request, const World& world, const Listed& list) {
    Response response = Json(
        200, fmt::format(R"({{"results":{},"next":{},"previous":{}{}}})", JsonList(list.shapes),
                         TextOrNull(list.next), TextOrNull(list.previous), list.more));
    std::vector<std::string> links;
    if (!list.next.empty())
        links.push_back("<" + LinkTo(request, world, list.next) + ">; rel=\"next\"");
    if (!list.previous.empty())
        links.push_back("<" + LinkTo(request, world, list.previous) + ">; rel=\"prev\"");
    if (!links.empty()) response.With("Link", Join(links, ", "));
    return response;
}

std::string TextOrNull(const std::string& text) { return text.empty() ? "null" : JsonText(text); }

}  // namespace ostiary::api
