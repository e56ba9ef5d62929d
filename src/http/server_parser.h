#pragma once

// One request from bytes, by Beast's parser, with the checks Beast leaves to us.
// Part of server.cc, which includes the HTTP library before it; nobody else includes this.

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/refusal.h"

namespace ostiary::wire {

using BeastView = boost::beast::string_view;

inline std::string_view View(BeastView text) { return {text.data(), text.size()}; }

inline char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

inline bool EqualFolded(std::string_view text, std::string_view lower_case) {
    return std::ranges::equal(text, lower_case, [](char a, char b) { return Lower(a) == b; });
}

inline std::optional<Method> MethodOf(std::string_view name) {
    for (const Method method : {Method::kGet, Method::kPost, Method::kHead, Method::kPut,
                                Method::kPatch, Method::kDelete, Method::kOptions})
        if (NameOf(method) == name) return method;
    return std::nullopt;
}

// host[:port] as RFC 3986 spells an authority without user; enough to keep it out of mischief.
inline bool IsHost(std::string_view text) {
    constexpr std::string_view kMarks = "-._~!$&'()*+;=:[]%";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        const char lower = Lower(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
               kMarks.find(c) != std::string_view::npos;
    });
}

// Why this Transfer-Encoding is refused, or nothing: exactly "chunked" is understood.
inline std::optional<Refusal> RefuseCoding(std::string_view value) {
    if (EqualFolded(value, "chunked")) return std::nullopt;
    constexpr auto kIsToken = [](char c) {
        return c > 0x20 && c < 0x7f &&
               std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    };
    const auto first = value.substr(0, value.find(','));
    const bool is_other =
        !first.empty() && std::ranges::all_of(first, kIsToken) && !EqualFolded(first, "chunked");
    return is_other ? refusals::kCoding : refusals::kLength;
}

class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    static constexpr std::size_t kMostHeaders = 100, kLongestTarget = 8192;

    // How long a body may be is asked as soon as method and path are known.
    using MostBodyBytes = std::function<std::size_t(const Request&)>;

    RequestParser(Request& into, MostBodyBytes most_body_bytes)
        : request_(into), most_body_bytes_(std::move(most_body_bytes)) {
        eager(true);
        header_limit(std::numeric_limits<std::uint32_t>::max());  // the head was measured before
        body_limit(0);
        request_.headers.reserve(16);
    }

    const std::optional<Refusal>& refusal() const { return refusal_; }
    bool expects_continue() const { return expects_continue_ && !is_http10_; }
    bool is_http10() const { return is_http10_; }

private:
    using Code = boost::beast::error_code;
    using Field = boost::beast::http::field;

    void Refuse(const Refusal& refusal, Code& code) {
        refusal_ = refusal;
        code = boost::beast::http::error::bad_field;
    }

    void on_request_impl(boost::beast::http::verb, BeastView method, BeastView target, int version,
                         Code& code) override {
        is_http10_ = version < 11;
        const auto known = MethodOf(View(method));
        if (!known) return Refuse(refusals::kMethod, code);
        if (target.size() > kLongestTarget) return Refuse(refusals::kUrl, code);
        request_.method = *known;
        if (!TakeTarget(View(target))) return Refuse(refusals::kTarget, code);
        body_limit(most_body_bytes_(request_));
    }

    // RFC 9112: origin form, absolute form, and * for OPTIONS. Nothing is decoded or normalised.
    bool TakeTarget(std::string_view target) {
        const auto is_bad = [](char c) { return c <= 0x20 || c >= 0x7f || c == '#'; };
        if (std::ranges::any_of(target, is_bad)) return false;
        if (request_.method == Method::kOptions && target == "*") {
            request_.path = "*";
            return true;
        }
        const auto scheme = target.find("://");
        if (!target.starts_with('/') && scheme != std::string_view::npos) {
            if (!EqualFolded(target.substr(0, scheme), "http") &&
                !EqualFolded(target.substr(0, scheme), "https"))
                return false;
            target.remove_prefix(scheme + 3);
            const auto authority = target.substr(0, target.find_first_of("/?"));
            if (!IsHost(authority)) return false;
            absolute_host_ = authority;
            target.remove_prefix(authority.size());
            if (!target.starts_with('/')) return TakeOriginForm("/", target);
        }
        if (!target.starts_with('/')) return false;
        const auto question = std::min(target.find('?'), target.size());
        return TakeOriginForm(target.substr(0, question), target.substr(question));
    }

    bool TakeOriginForm(std::string_view path, std::string_view question_and_query) {
        request_.path = path;
        if (!question_and_query.empty()) request_.query = question_and_query.substr(1);
        return true;
    }

    void on_field_impl(Field field, BeastView name, BeastView value, Code& code) override {
        if (is_head_done_) return;  // trailers say nothing we would believe
        if (request_.headers.size() == kMostHeaders) return Refuse(refusals::kHead, code);
        std::string lower(name.size(), '\0');
        std::transform(name.begin(), name.end(), lower.begin(), Lower);
        request_.headers.emplace_back(std::move(lower), std::string(value.data(), value.size()));
        if (field == Field::host) ++hosts_;
        if (field == Field::content_length) ++lengths_;
        if (field == Field::transfer_encoding) ++codings_;
    }

    void on_header_impl(Code& code) override {
        is_head_done_ = true;
        if (const auto refusal = JudgeHead()) Refuse(*refusal, code);
        if (absolute_host_.empty()) return;
        for (auto& [name, value] : request_.headers)
            if (name == "host") value = absolute_host_;
    }

    std::optional<Refusal> JudgeHead() {
        if (hosts_ > 1 || (hosts_ == 0 && !is_http10_)) return refusals::kHost;
        if (hosts_ == 1 && !IsHost(request_.HeaderValue("host"))) return refusals::kHost;
        if (lengths_ + codings_ > 1) return refusals::kLength;
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        if (lengths_ == 1 && !std::ranges::all_of(request_.HeaderValue("content-length"), is_digit))
            return refusals::kLength;
        if (codings_ == 1) {
            if (is_http10_) return refusals::kLength;
            if (const auto refusal = RefuseCoding(request_.HeaderValue("transfer-encoding")))
                return refusal;
        }
        const std::string_view expect = request_.HeaderValue("expect");
        if (!expect.empty() && !EqualFolded(expect, "100-continue")) return refusals::kExpect;
        expects_continue_ = !expect.empty();
        return std::nullopt;
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) override {
        constexpr std::uint64_t kBelievedAtOnce =
            64 << 10;  // a promise of a body is no reason to set memory aside
        if (length)
            request_.body.reserve(
                static_cast<std::size_t>(std::min<std::uint64_t>(*length, kBelievedAtOnce)));
    }
    std::size_t on_body_impl(BeastView data, Code&) override { return Append(data); }
    std::size_t on_chunk_body_impl(std::uint64_t, BeastView data, Code&) override {
        return Append(data);
    }
    std::size_t Append(BeastView data) {
        request_.body.append(data.data(), data.size());
        return data.size();
    }
    void on_response_impl(int, BeastView, int, Code&) override {}
    void on_chunk_header_impl(std::uint64_t, BeastView, Code&) override {}
    void on_finish_impl(Code&) override {}

    Request& request_;
    const MostBodyBytes most_body_bytes_;
    std::optional<Refusal> refusal_;
    std::string absolute_host_;
    int hosts_ = 0, lengths_ = 0, codings_ = 0;
    bool is_http10_ = false, is_head_done_ = false, expects_continue_ = false;
};

// What Beast found wrong, as we say it. `head` is the request's head.
inline Refusal RefusalOf(boost::beast::error_code code, std::string_view head) {
    using Wrong = boost::beast::http::error;
    const auto line = head.substr(0, head.find("\r\n"));
    const auto version = line.find_last_of(' ');
    if (code == Wrong::body_limit) return refusals::kBody;
    if (code == Wrong::bad_content_length || code == Wrong::multiple_content_length ||
        code == Wrong::bad_transfer_encoding)
        return refusals::kLength;
    const auto digit = [&](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
    const bool is_other_version =
        code == Wrong::bad_version && version != std::string_view::npos &&
        line.find(' ', line.find(' ') + 1) == version && line.size() == version + 9 &&
        line.substr(version + 1).starts_with("HTTP/") && digit(version + 6) &&
        line[version + 7] == '.' && digit(version + 8);
    return is_other_version ? refusals::kVersion : refusals::kMalformed;
}

}  // namespace ostiary::wire
