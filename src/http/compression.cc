#include "http/compression.h"

#include <zlib.h>
#include <algorithm>
#include <optional>

#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kWorthIt = 1024;
constexpr int kLevel = 4, kGzipWindow = 16 + 14,
              kMemoryLevel = 7;  // some 130 kB per thread that compresses

bool IsCompressible(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/json") ||
           type.starts_with("application/problem+json") ||
           type.starts_with("application/scim+json") ||
           type.starts_with("application/javascript") || type.starts_with("image/svg");
}

// One stream per thread, set up once.
class Deflater {
public:
    Deflater() {
        is_ready_ = deflateInit2(&stream_, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                                 Z_DEFAULT_STRATEGY) == Z_OK;
    }
    ~Deflater() {
        if (is_ready_) deflateEnd(&stream_);
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    // Nothing if it does not become smaller.
    std::optional<std::string> Run(std::string_view text) {
        if (!is_ready_ || deflateReset(&stream_) != Z_OK) return std::nullopt;
        std::string packed(text.size(), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
        stream_.avail_out = static_cast<uInt>(packed.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return std::nullopt;
        packed.resize(stream_.total_out);
        return packed;
    }

private:
    z_stream stream_{};
    bool is_ready_ = false;
};

}  // namespace

bool AcceptsGzip(const Request& request) {
    for (const std::string& coding : SplitList(request.HeaderValue("accept-encoding"), ',')) {
        const auto semicolon = std::min(coding.find(';'), coding.size());
        const std::string_view name = Trim(std::string_view(coding).substr(0, semicolon));
        if (name != "gzip" && name != "*") continue;
        const std::string_view weight = Trim(std::string_view(coding).substr(semicolon));
        return weight.find("q=0") == std::string_view::npos ||
               weight.find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

void Compress(const Request& request, Response& response) {
    if (response.stream || response.body.size() < kWorthIt ||
        !IsCompressible(response.content_type))
        return;
    const auto sets = [&](std::string_view name) {
        return std::ranges::any_of(response.headers,
                                   [&](const Header& header) { return header.first == name; });
    };
    if (sets("content-encoding")) return;
    if (!sets("vary")) response.With("vary", "accept-encoding");
    if (!AcceptsGzip(request)) return;
    thread_local Deflater deflater;
    auto packed = deflater.Run(response.body);
    if (!packed) return;
    response.body = std::move(*packed);
    response.With("content-encoding", "gzip");
}

}  // namespace ostiary
