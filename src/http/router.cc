#include "http/router.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "http/forms.h"

namespace ostiary {
namespace {

constexpr std::size_t kMethods = 7, kDeepest = 32;

// Where a path falls apart, without asking for memory.
struct Segments {
    std::array<std::string_view, kDeepest> all;
    std::size_t count = 0;

    std::span<const std::string_view> view() const { return std::span(all).first(count); }
};

// Without the empty segment that a trailing slash leaves; nothing if it is no path of ours.
std::optional<Segments> Split(std::string_view path) {
    if (!path.starts_with('/')) return std::nullopt;
    path.remove_prefix(1);
    Segments segments;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        if (end == 0 || segments.count == kDeepest) return std::nullopt;
        segments.all[segments.count++] = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return segments;
}

bool IsValue(std::string_view segment) { return segment.starts_with('{'); }
bool HasValues(std::string_view path) { return path.find('{') != std::string_view::npos; }

}  // namespace

struct Router::Node {
    std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> literals;
    std::unique_ptr<Node> value;
    std::array<const Route*, kMethods> rows{};

    Node* Literal(std::string_view segment) const {
        for (const auto& [name, node] : literals)
            if (name == segment) return node.get();
        return nullptr;
    }

    Node& Grow(std::string_view segment) {
        if (IsValue(segment)) {
            assert(segment.ends_with('}') && "a value fills its whole segment");
            if (!value) value = std::make_unique<Node>();
            return *value;
        }
        if (Node* known = Literal(segment)) return *known;
        return *literals.emplace_back(segment, std::make_unique<Node>()).second;
    }

    const Route* RowFor(Method method) const {
        const Route* row = rows[static_cast<std::size_t>(method)];
        if (row == nullptr && method == Method::kHead)
            row = rows[static_cast<std::size_t>(Method::kGet)];
        return row;
    }

    using Rest = std::span<const std::string_view>;

    // The first row that answers, literal segments first. Methods of nodes that fit the path are
    // collected.
    const Route* Find(Rest rest, Method method, std::array<bool, kMethods>& allowed) const {
        if (rest.empty()) {
            for (std::size_t i = 0; i < kMethods; ++i)
                allowed[i] = allowed[i] || rows[i] != nullptr;
            return RowFor(method);
        }
        if (const Node* literal = Literal(rest.front()))
            if (const Route* row = literal->Find(rest.subspan(1), method, allowed)) return row;
        if (value && DecodeSegment(rest.front()))
            return value->Find(rest.subspan(1), method, allowed);
        return nullptr;
    }
};

Router::Router(std::span<const Route> routes) : routes_(routes), root_(std::make_unique<Node>()) {
    for (const Route& route : routes) {
        Node* node = root_.get();
        const auto segments = Split(route.path);
        assert(segments && "a row's path begins with a slash and has no empty segments");
        for (const auto segment : segments->view()) node = &node->Grow(segment);
        const Route*& row = node->rows[static_cast<std::size_t>(route.method)];
        assert(row == nullptr && "two rows answer the same request");
        row = &route;
    }
}

Router::~Router() = default;

const Route* Router::RouteOf(Method method, std::string_view path) const {
    const auto segments = Split(path);
    if (!segments) return nullptr;
    std::array<bool, kMethods> allowed{};
    return root_->Find(segments->view(), method, allowed);
}

Found Router::Find(Method method, std::string_view path) const {
    Found found;
    const auto segments = Split(path);
    if (!segments) return found;
    std::array<bool, kMethods> allowed{};
    found.route = root_->Find(segments->view(), method, allowed);
    if (found.route != nullptr) {
        if (!HasValues(found.route->path)) return found;
        const auto pattern = Split(found.route->path);
        for (std::size_t i = 0; i < pattern->count; ++i) {
            const std::string_view name = pattern->all[i];
            if (IsValue(name))
                found.path_values.emplace_back(name.substr(1, name.size() - 2),
                                               *DecodeSegment(segments->all[i]));
        }
        return found;
    }
    if (std::ranges::none_of(allowed, std::identity{})) return found;
    allowed[static_cast<std::size_t>(Method::kHead)] |=
        allowed[static_cast<std::size_t>(Method::kGet)];
    allowed[static_cast<std::size_t>(Method::kOptions)] = true;
    for (std::size_t i = 0; i < kMethods; ++i)
        if (allowed[i]) found.allowed.push_back(static_cast<Method>(i));
    return found;
}

}  // namespace ostiary
