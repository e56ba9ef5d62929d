#include "outbox/smtp_client.h"

#include <curl/curl.h>

#include <cctype>
#include <cstring>
#include <memory>

#include "util/failure.h"
#include "util/text.h"

namespace ostiary::outbox {
namespace {

constexpr long kConnectTimeoutMs = 20'000, kTimeoutMs = 120'000;
constexpr std::size_t kMostKept = 1000;
constexpr int kFirstRefusal = 400, kFirstFinalRefusal = 500;
constexpr std::string_view kGoodbye = "221";  // answers our QUIT, and says nothing of the mail

struct Transfer {
    const SmtpAsks& asks;
    bool asked = false, begun = false, whole = false;
    std::string reply = {};  // the server's latest, of one line or several
    bool reply_goes_on = false;
    char trouble[CURL_ERROR_SIZE] = {};
};

// One part of the text; libcurl reads it when the server has said that it listens.
struct Part {
    Transfer& transfer;
    std::string text;
    bool is_last = false;
    std::size_t at = 0;
};

std::size_t ReadPart(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto& part = *static_cast<Part*>(context);
    Transfer& transfer = part.transfer;
    if (!transfer.asked) {
        transfer.asked = true;
        transfer.begun = transfer.asks.may_begin();
    }
    if (!transfer.begun) return CURL_READFUNC_ABORT;
    const std::size_t read = std::min(size * count, part.text.size() - part.at);
    std::memcpy(buffer, part.text.data() + part.at, read);
    part.at += read;
    if (part.is_last && part.at == part.text.size()) transfer.whole = true;
    return read;
}

int SeekPart(void* context, curl_off_t offset, int origin) {
    auto& part = *static_cast<Part*>(context);
    if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > part.text.size())
        return CURL_SEEKFUNC_CANTSEEK;
    part.at = static_cast<std::size_t>(offset);
    return CURL_SEEKFUNC_OK;
}

// "250-one line", and "250 the last one".
std::size_t HearReply(char* data, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    const std::string_view line(data, size);
    const bool is_reply = size > 3 && std::isdigit(static_cast<unsigned char>(line[0])) != 0;
    if (!is_reply || line.starts_with(kGoodbye)) return size;
    if (!transfer.reply_goes_on) transfer.reply.clear();
    if (transfer.reply.size() + size <= kMostKept)
        transfer.reply += transfer.reply.empty() ? line : line.substr(4);
    transfer.reply_goes_on = line[3] == '-';
    return size;
}

int LookUp(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Transfer*>(context)->asks.must_stop() ? 1 : 0;
}

template <class Value>
void Set(CURL* curl, CURLoption option, Value value) {
    if (curl_easy_setopt(curl, option, value) != CURLE_OK)
        throw WorldFailure("libcurl does not know how to send a mail");
}

// Mail has CR LF at the end of each line.
std::string WithCarriageReturns(std::string_view text) {
    std::string lines;
    for (const char c : text) {
        if (c == '\n') lines += '\r';
        if (c != '\r') lines += c;
    }
    return lines;
}

void AddPart(curl_mime* mime, Part& part, const char* type) {
    curl_mimepart* made = curl_mime_addpart(mime);
    if (made == nullptr ||
        curl_mime_data_cb(made, static_cast<curl_off_t>(part.text.size()), ReadPart, SeekPart,
                          nullptr, &part) != CURLE_OK ||
        curl_mime_type(made, type) != CURLE_OK ||
        curl_mime_encoder(made, "quoted-printable") != CURLE_OK)
        throw WorldFailure("libcurl has no memory");
}

// Encrypted, or to this very machine, unless whoever runs it allows otherwise.
long Encryption(const Config& config) {
    if (config.IsMailServerLocal()) return CURLUSESSL_NONE;
    return config.mail_require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

std::string AddressOf(const Config& config) {
    const std::string base = config.BaseUrl();
    const std::size_t from = base.find("//") + 2;
    return config.mail_server + "/" + base.substr(from, base.find_first_of(":/", from) - from);
}

SmtpAnswer Judge(const Transfer& transfer, CURLcode code) {
    if (code == CURLE_OK) return {Handed::kTaken, transfer.reply};
    const auto status = ParseInt(std::string_view(transfer.reply).substr(0, 3)).value_or(0);
    const bool refused = status >= kFirstRefusal;
    SmtpAnswer answer;
    answer.reason = refused                       ? transfer.reply
                    : transfer.trouble[0] != '\0' ? transfer.trouble
                                                  : curl_easy_strerror(code);
    // A wrong password is the operator's, and says nothing about the mail.
    const bool is_final = status >= kFirstFinalRefusal && code != CURLE_LOGIN_DENIED;
    if (refused && code != CURLE_OPERATION_TIMEDOUT)
        answer.handed = is_final ? Handed::kRefused : Handed::kLater;
    else
        answer.handed = transfer.whole ? Handed::kUnclear : Handed::kLater;
    if (answer.handed == Handed::kUnclear)
        answer.reason = "the mail server did not say whether it took it: " + answer.reason;
    return answer;
}

struct FreeCurl {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
template <class T>
using Owned = std::unique_ptr<T, FreeCurl>;

Owned<curl_slist> ListOf(const std::vector<std::string>& lines) {
    curl_slist* list = nullptr;
    for (const std::string& line : lines) list = curl_slist_append(list, line.c_str());
    return Owned<curl_slist>(list);
}

void Prepare(CURL* curl, const Config& config, Transfer& transfer) {
    Set(curl, CURLOPT_ERRORBUFFER, transfer.trouble);
    Set(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    Set(curl, CURLOPT_URL, AddressOf(config).c_str());
    Set(curl, CURLOPT_USE_SSL, Encryption(config));
    if (!config.mail_username.empty()) {
        Set(curl, CURLOPT_USERNAME, config.mail_username.c_str());
        Set(curl, CURLOPT_PASSWORD, config.mail_password.c_str());
    }
    Set(curl, CURLOPT_PROXY, "");  // whatever the environment says
    Set(curl, CURLOPT_NOPROXY, "*");
    Set(curl, CURLOPT_NOSIGNAL, 1L);
    Set(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    Set(curl, CURLOPT_TIMEOUT_MS, kTimeoutMs);
    Set(curl, CURLOPT_HEADERFUNCTION, &HearReply);
    Set(curl, CURLOPT_HEADERDATA, &transfer);
    Set(curl, CURLOPT_NOPROGRESS, 0L);
    Set(curl, CURLOPT_XFERINFOFUNCTION, &LookUp);
    Set(curl, CURLOPT_XFERINFODATA, &transfer);
}

}  // namespace

SmtpAnswer SendBySmtp(const Config& config, const SmtpMessage& message, const SmtpAsks& asks) {
    const Owned<CURL> curl(curl_easy_init());
    if (!curl) throw WorldFailure("libcurl has no memory");
    Transfer transfer{asks};
    Prepare(curl.get(), config, transfer);
    const std::string from = "<" + message.from.text() + ">", to = "<" + message.to.text() + ">";
    const auto recipients = ListOf({to});
    const auto headers = ListOf(message.headers);
    Set(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
    Set(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    Set(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    Part text{transfer, WithCarriageReturns(message.text)};
    Part html{transfer, WithCarriageReturns(message.html), true};
    const Owned<curl_mime> mixed(curl_mime_init(curl.get()));
    curl_mime* both = curl_mime_init(curl.get());
    AddPart(both, text, "text/plain; charset=utf-8");
    AddPart(both, html, "text/html; charset=utf-8");
    curl_mimepart* alternative = curl_mime_addpart(mixed.get());
    curl_mime_subparts(alternative, both);
    curl_mime_type(alternative, "multipart/alternative");
    const auto inline_only = ListOf({"Content-Disposition: inline"});
    curl_mime_headers(alternative, inline_only.get(), 0);
    Set(curl.get(), CURLOPT_MIMEPOST, mixed.get());
    return Judge(transfer, curl_easy_perform(curl.get()));
}

}  // namespace ostiary::outbox
