#include "http/response_writer.h"

#include <fmt/format.h>
#include <charconv>
#include <chrono>

#include "util/log.h"

namespace ostiary {
namespace {

std::string_view PhraseOf(int status) {
    static constexpr std::pair<int, std::string_view> kPhrases[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (const auto& [known, phrase] : kPhrases)
        if (known == status) return phrase;
    return "Unknown";
}

void AppendNumber(std::string& out, std::size_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

// What would end the header and begin another, or the body.
bool CanSplit(std::string_view text) {
    const auto holds = [text](char c) { return text.find(c) != std::string_view::npos; };
    return holds('\r') || holds('\n') || holds('\0');
}

void AppendHeader(std::string& out, std::string_view name, std::string_view value) {
    if (CanSplit(value) || CanSplit(name)) {
        log::Error("http", "left out a response header with control characters");
        return;
    }
    out.append(name).append(": ").append(value).append("\r\n");
}

void AppendFraming(std::string& out, const Response& response, const Framing& framing) {
    const bool has_no_body =
        response.status == 204 || response.status == 304 || response.status < 200;
    if (response.stream || response.feed) {
        if (!framing.is_http10) out.append("transfer-encoding: chunked\r\n");
    } else if (!has_no_body) {
        out.append("content-length: ");
        AppendNumber(out, response.body.size());
        out.append("\r\n");
    }
    if (!framing.keep_alive)
        out.append("connection: close\r\n");
    else if (framing.is_http10)
        out.append("connection: keep-alive\r\n");
}

}  // namespace

void AppendResponse(std::string& out, const Response& response, const Framing& framing,
                    std::string_view date) {
    out.append("HTTP/1.1 ");
    AppendNumber(out, static_cast<std::size_t>(response.status));
    out.append(" ")
        .append(PhraseOf(response.status))
        .append("\r\ndate: ")
        .append(date)
        .append("\r\n");
    if (!response.content_type.empty()) AppendHeader(out, "content-type", response.content_type);
    for (const auto& [name, value] : response.headers) AppendHeader(out, name, value);
    AppendFraming(out, response, framing);
    out.append("\r\n");
    const bool has_no_body = response.status == 204 || response.status == 304;
    if (!framing.head_only && !has_no_body && !response.stream && !response.feed)
        out.append(response.body);
}

void AppendChunk(std::string& out, std::string_view data) {
    if (data.empty()) return;  // an empty chunk would end the body
    char digits[16];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, data.size(), 16).ptr);
    out.append("\r\n").append(data).append("\r\n");
}

std::string HttpDate(Millis moment) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    namespace chrono = std::chrono;
    const chrono::sys_time<chrono::milliseconds> at{chrono::milliseconds{moment}};
    const auto day = chrono::floor<chrono::days>(at);
    const chrono::year_month_day date{day};
    const chrono::hh_mm_ss time{chrono::floor<chrono::seconds>(at - day)};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                       kDays[chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                       kMonths[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

}  // namespace ostiary
