// Paths through the router: a value that comes out is clean text, however it was spelt.

#include "fuzz.h"
#include "http/forms.h"
#include "http/router.h"
#include "util/text.h"

namespace ostiary {
namespace {

Result<Response> Nothing(const Request&, World&) { return Response{}; }

constexpr Route kRoutes[] = {
    {Method::kGet, "/", kAnyone, Limit::kFree, Cost::kFast, Nothing, "home"},
    {Method::kGet, "/codes/", kAnyone, Limit::kFree, Cost::kFast, Nothing, "codes"},
    {Method::kGet, "/codes/new/", kAnyone, Limit::kFree, Cost::kFast, Nothing, "codes.new"},
    {Method::kPost, "/codes/{id}/", kAnyone, Limit::kFree, Cost::kFast, Nothing, "codes.one"},
    {Method::kPut, "/codes/{id}/roles/{name}/", kAnyone, Limit::kFree, Cost::kFast, Nothing, "r"},
};

}  // namespace
}  // namespace ostiary

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ostiary;
    static const Router router(kRoutes);
    const std::string_view path = fuzz::Bytes(data, size);
    for (const Method method : {Method::kGet, Method::kPost, Method::kPut}) {
        const Found found = router.Find(method, path);
        for (const auto& [name, value] : found.path_values)
            fuzz::Claim(IsCleanText(value, Lines::kOne), "a value of a path is clean text");
    }
    if (const auto segment = DecodeSegment(path))
        fuzz::Claim(IsCleanText(*segment, Lines::kOne), "a segment is clean text");
    return 0;
}
