// Filters and paths of SCIM. What is understood can be written, read again, and means the same.

#include "api/scim_filter.h"
#include "api/scim_match.h"
#include "fuzz.h"

namespace {

namespace json = boost::json;
namespace scim = ostiary::scim;

const json::object& Ann() {
    static const json::object ann =
        json::parse(R"({"id":"1","userName":"ann","active":true,"title":"Pilot",
                        "name":{"givenName":"Ann"},"meta":{"created":"2026-05-01T12:00:00Z"},
                        "emails":[{"value":"a@b.example","type":"work","primary":true}]})")
            .as_object();
    return ann;
}

void Fits(const scim::Filter& filter, const scim::Filter& again) {
    if (!scim::CheckFilter(scim::UserType(), filter).ok()) return;
    ostiary::fuzz::Claim(scim::Fits(scim::UserType(), Ann(), filter) ==
                             scim::Fits(scim::UserType(), Ann(), again),
                         "what is written means the same");
    (void)scim::LookupIn(scim::UserType(), filter);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using ostiary::fuzz::Claim;
    const std::string_view text = ostiary::fuzz::Bytes(data, size);
    if (const auto filter = scim::ParseFilter(text); filter.ok()) {
        const std::string written = scim::Write(filter.value());
        // Parentheses and escapes are added: a text at the bound may grow beyond it.
        if (written.size() <= scim::kLongestFilter) {
            const auto again = scim::ParseFilter(written);
            // Joined filters stand in parentheses, each a level.
            if (again.ok()) Fits(filter.value(), again.value());
            Claim(again.ok() || written.find("((((((((") != written.npos,
                  "what was read can be written");
        }
    } else {
        Claim(filter.error().reason == "scim.invalidFilter", "a bad filter says so");
    }
    if (const auto target = scim::ParseTarget(text); target.ok()) {
        (void)scim::FindPlace(scim::UserType(), target->path);
        Claim(!target->path.name.empty(), "a path names something");
    }
    return 0;
}
