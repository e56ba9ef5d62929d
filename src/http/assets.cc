#include "http/assets.h"

#include <assets.h>
#include <algorithm>
#include <map>
#include <mutex>

#include "http/compression.h"

namespace ostiary {
namespace {

struct Asset {
    std::string url_name, plain_name;  // with and without its hash
    std::string url;
    std::string_view hash, type, bytes, packed;
};

std::string_view TypeOf(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".json", "application/json"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    };
    for (const auto& [ending, type] : kTypes)
        if (name.ends_with(ending)) return type;
    return "application/octet-stream";
}

Asset MakeAsset(const EmbeddedFile& file) {
    Asset asset;
    asset.plain_name = file.name;
    std::ranges::replace(asset.plain_name, '/', '-');
    const auto dot = std::min(asset.plain_name.rfind('.'), asset.plain_name.size());
    asset.url_name = asset.plain_name.substr(0, dot) + "." + std::string(file.hash) +
                     asset.plain_name.substr(dot);
    asset.url = "/assets/" + asset.url_name;
    asset.hash = file.hash;
    asset.type = TypeOf(file.name);
    asset.bytes = {file.begin, static_cast<std::size_t>(file.end - file.begin)};
    asset.packed = {file.packed_begin,
                    static_cast<std::size_t>(file.packed_end - file.packed_begin)};
    return asset;
}

using Index = std::map<std::string, Asset, std::less<>>;  // by name: app.css

const Index& Assets() {
    static const Index index = [] {
        Index all;
        for (const EmbeddedFile& file : EmbeddedFiles()) all.emplace(file.name, MakeAsset(file));
        return all;
    }();
    return index;
}

const std::map<std::string_view, const Asset*>& AssetsByUrlName() {
    static const std::map<std::string_view, const Asset*> index = [] {
        std::map<std::string_view, const Asset*> all;
        for (const auto& [name, asset] : Assets()) {
            all.emplace(asset.url_name, &asset);
            all.emplace(asset.plain_name, &asset);
        }
        return all;
    }();
    return index;
}

}  // namespace

std::string_view AssetUrl(std::string_view name) {
    const auto found = Assets().find(name);
    if (found != Assets().end()) return found->second.url;
    static std::mutex mutex;
    static std::map<std::string, std::string, std::less<>> missing;  // as many as templates name
    const std::lock_guard lock(mutex);
    return missing.try_emplace(std::string(name), "/assets/" + std::string(name)).first->second;
}

Result<Response> ServeAsset(const Request& request, World&) {
    const auto found = AssetsByUrlName().find(request.PathValue("name"));
    if (found == AssetsByUrlName().end())
        return Error{ErrorKind::kNotFound, "asset.unknown", "Not found", "There is no such file"};
    const Asset& asset = *found->second;
    const std::string tag = "\"" + std::string(asset.hash) + "\"";
    const bool has_hash = found->first == asset.url_name;
    Response response;
    response.content_type = asset.type;
    response.With("cache-control", has_hash ? "public, max-age=31536000, immutable" : "no-cache")
        .With("etag", tag);
    const bool packs = !asset.packed.empty();
    if (packs) response.With("vary", "accept-encoding");
    if (request.HeaderValue("if-none-match") == tag) {
        response.status = 304;
        return response;
    }
    const bool is_packed = packs && AcceptsGzip(request);
    if (is_packed) response.With("content-encoding", "gzip");
    response.body = is_packed ? asset.packed : asset.bytes;
    return response;
}

}  // namespace ostiary
