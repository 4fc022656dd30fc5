// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/BuildHistory.h"

#include "engine/MeasuredImages.h"

#include <nlohmann/json.hpp>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <concepts>
#include <type_traits>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

using Json = nlohmann::ordered_json;

constexpr int version = 1;
constexpr std::size_t longestText = 200;   // bytes
constexpr qint64 largestFile = 64LL << 20; // bytes
constexpr int lockTime = 2000;             // ms
constexpr std::size_t mostListed = 10'000; // files of a context in the newest record

constexpr std::array<std::pair<BuildResult, const char *>, 4> results{{{BuildResult::Built, "built"},
                                                                       {BuildResult::Failed, "failed"},
                                                                       {BuildResult::Cancelled, "cancelled"},
                                                                       {BuildResult::NotStarted, "not-started"}}};

/// The first eight bytes of a SHA-256: stable over versions and machines.
std::uint64_t digestOf(std::string_view text)
{
    const QByteArray hash
        = QCryptographicHash::hash(QByteArrayView(text.data(), qsizetype(text.size())), QCryptographicHash::Sha256);
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i)
        value = value << 8 | static_cast<unsigned char>(hash[i]);
    return value;
}

/// At most @p limit bytes, not cut within a character.
std::string cut(const std::string &text, std::size_t limit)
{
    if (text.size() <= limit)
        return text;
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

const Json &listAt(const Json &json, const char *key)
{
    static const Json none = Json::array();
    const auto found = json.find(key);
    return found != json.end() && found->is_array() ? *found : none;
}

/// Writes what the functions called fields() name. An optional that is not known has no key.
class Writer
{
public:
    template <typename T> void operator()(const char *key, const T &value) { m_json[key] = value; }
    template <typename T> void operator()(const char *key, const std::optional<T> &value)
    {
        if (value)
            m_json[key] = *value;
    }
    [[nodiscard]] Json take() { return std::move(m_json); }

private:
    Json m_json = Json::object();
};

/// Reads the same. What is missing, or is something else than it should be, keeps its default.
class Reader
{
public:
    explicit Reader(const Json &json)
        : m_json(json)
    {
    }
    template <typename T> void operator()(const char *key, T &value) const
    {
        const auto found = m_json.find(key);
        if (found != m_json.end() && fits<T>(*found))
            value = found->template get<T>();
    }
    template <typename T> void operator()(const char *key, std::optional<T> &value) const
    {
        const auto found = m_json.find(key);
        if (found != m_json.end() && fits<T>(*found))
            value = found->template get<T>();
    }

private:
    template <typename T> static bool fits(const Json &json)
    {
        if constexpr (std::is_same_v<T, std::string>)
            return json.is_string();
        else if constexpr (std::is_same_v<T, bool>)
            return json.is_boolean();
        else
            return json.is_number();
    }

    const Json &m_json;
};

// What a file of the history holds: each list of fields stands here once, for writing and for reading.

template <typename Visitor, typename Record>
    requires std::same_as<std::remove_const_t<Record>, InstructionRecord>
void fields(Visitor &visit, Record &record)
{
    visit("hash", record.hash);
    visit("ordinal", record.ordinal);
    visit("line", record.line);
    visit("text", record.text);
    visit("bytes", record.bytes);
    visit("seconds", record.seconds);
    visit("cached", record.cached);
}

template <typename Visitor, typename Record>
    requires std::same_as<std::remove_const_t<Record>, StageRecord>
void fields(Visitor &visit, Record &record)
{
    visit("index", record.index);
    visit("name", record.name);
    visit("base", record.base);
    visit("bytes", record.bytes);
    visit("base_bytes", record.baseBytes);
}

template <typename Visitor, typename Record>
    requires std::same_as<std::remove_const_t<Record>, BuildRecord>
void fields(Visitor &visit, Record &record)
{
    visit("when", record.when);
    visit("engine", record.engine);
    visit("target", record.target);
    visit("seconds", record.seconds);
    visit("image", record.image);
    visit("no_cache", record.noCache);
    visit("arguments", record.arguments);
    visit("bytes", record.bytes);
    visit("base_bytes", record.baseBytes);
}

template <typename Record> Json written(const Record &record)
{
    Writer writer;
    fields(writer, record);
    return writer.take();
}

template <typename Record> Record readFrom(const Json &json)
{
    Record record;
    const Reader reader(json);
    fields(reader, record);
    return record;
}

Json recordJson(const BuildRecord &record)
{
    Json json = written(record);
    const auto *const result = std::ranges::find(results, record.result, &std::pair<BuildResult, const char *>::first);
    json["result"] = result->second;
    json["stages"] = Json::array();
    for (const StageRecord &stage : record.stages) {
        Json &one = json["stages"].emplace_back(written(stage));
        one["instructions"] = Json::array();
        for (const InstructionRecord &instruction : stage.instructions)
            one["instructions"].push_back(written(instruction));
    }
    if (!record.context.files.empty()) {
        Json files = Json::object();
        for (const auto &[path, stamp] : record.context.files)
            files[path] = {stamp.bytes, stamp.modified};
        json["context"] = {{"complete", record.context.complete}, {"files", std::move(files)}};
    }
    return json;
}

StageRecord stageOf(const Json &json)
{
    StageRecord stage = readFrom<StageRecord>(json);
    for (const Json &instruction : listAt(json, "instructions")) {
        if (instruction.is_object())
            stage.instructions.push_back(readFrom<InstructionRecord>(instruction));
    }
    return stage;
}

ContextListing contextOf(const Json &json)
{
    ContextListing listing;
    const auto context = json.find("context");
    if (context == json.end() || !context->is_object())
        return listing;
    Reader reader(*context);
    reader("complete", listing.complete);
    const auto files = context->find("files");
    if (files == context->end() || !files->is_object())
        return listing;
    for (const auto &[path, stamp] : files->items()) {
        if (stamp.is_array() && stamp.size() == 2 && stamp[0].is_number() && stamp[1].is_number())
            listing.files.emplace(path,
                                  ContextListing::Stamp{stamp[0].get<std::uint64_t>(), stamp[1].get<std::int64_t>()});
    }
    return listing;
}

BuildRecord recordOf(const Json &json)
{
    BuildRecord record = readFrom<BuildRecord>(json);
    std::string result;
    Reader reader(json);
    reader("result", result);
    const auto *const found = std::ranges::find_if(results, [&](const auto &one) { return one.second == result; });
    record.result = found == results.end() ? BuildResult::Failed : found->first;
    for (const Json &stage : listAt(json, "stages")) {
        if (stage.is_object())
            record.stages.push_back(stageOf(stage));
    }
    record.context = contextOf(json);
    return record;
}

} // namespace

std::uint64_t textHash(const Snapshot &snapshot, const Instruction &instruction)
{
    std::string text = logicalLine(snapshot, instruction);
    for (const Heredoc &heredoc : instruction.heredocs)
        text += '\n' + std::string(snapshot.text().bytes().substr(heredoc.body.begin, heredoc.body.length()));
    return digestOf(text);
}

const StageRecord *BuildRecord::stage(std::uint32_t index) const
{
    const auto found = std::ranges::find(stages, index, &StageRecord::index);
    return found == stages.end() ? nullptr : &*found;
}

BuildRecord makeRecord(const BuildReport &report, const Snapshot &snapshot, const BuildRequest &request,
                       BuildResult result, ContextListing context, std::int64_t when)
{
    BuildRecord record;
    record.when = when;
    record.engine = report.engine;
    record.target = request.target.toStdString();
    record.result = result;
    record.seconds = report.seconds;
    record.image = report.image;
    record.bytes = report.bytes;
    record.baseBytes = report.baseBytes;
    record.noCache = request.noCache;
    record.context = std::move(context);
    std::string values;
    for (const auto &[name, value] : request.buildArgs)
        values += name.toStdString() + '=' + value.toStdString() + '\0';
    // Four bytes tell a change, and too little to guess a password by.
    record.arguments = values.empty() ? 0 : digestOf(values) >> 32U;
    for (const StageReport &stage : report.stages) {
        const Stage &source = snapshot.graph().stage(stage.stage);
        StageRecord &one = record.stages.emplace_back();
        one.index = static_cast<std::uint32_t>(indexOf(stage.stage));
        one.name = source.name;
        one.bytes = stage.bytes;
        one.baseBytes = stage.baseBytes;
        one.base = source.base.kind == BaseKind::Image ? source.base.reference : std::string();
        for (const InstructionReport &instruction : stage.instructions) {
            InstructionRecord &row = one.instructions.emplace_back();
            row.hash = textHash(snapshot, snapshot.tree().instruction(instruction.instruction));
            row.ordinal = static_cast<std::uint32_t>(one.instructions.size() - 1);
            row.line = instruction.line;
            row.text = cut(instruction.text, longestText);
            row.bytes = instruction.bytes;
            row.seconds = instruction.seconds;
            row.cached = instruction.cached;
        }
    }
    return record;
}

std::string recordsJson(std::span<const BuildRecord> records)
{
    Json list = Json::array();
    for (const BuildRecord &record : records)
        list.push_back(recordJson(record));
    const Json json{{"version", version}, {"builds", std::move(list)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::expected<std::vector<BuildRecord>, std::string> readRecords(std::string_view text)
{
    const Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object() || !json.contains("builds") || !json["builds"].is_array())
        return std::unexpected("the history of builds is not as expected");
    std::vector<BuildRecord> records;
    for (const Json &record : json["builds"]) {
        if (record.is_object())
            records.push_back(recordOf(record));
    }
    return records;
}

BuildHistory::BuildHistory(QString folder, const QString &dockerfile)
{
    QString file = QFileInfo(dockerfile).canonicalFilePath();
    if (file.isEmpty())
        file = QFileInfo(dockerfile).absoluteFilePath();
    const QByteArray key = QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha256).toHex().left(32);
    m_path = folder + u'/' + QString::fromLatin1(key) + u".json"_s;
}

QString BuildHistory::stateFolder()
{
    QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(folder)) // as the XDG specification wants it
        folder = QDir::homePath() + u"/.local/state"_s;
    return folder + u"/stagewright/builds"_s;
}

void BuildHistory::load()
{
    m_records.clear();
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return;
    const QByteArray bytes = file.readAll();
    if (auto records = readRecords({bytes.constData(), std::size_t(bytes.size())}))
        m_records = std::move(*records);
}

std::expected<void, QString> BuildHistory::append(BuildRecord record)
{
    if (record.context.files.size() > mostListed) {
        record.context.files.erase(std::next(record.context.files.begin(), mostListed), record.context.files.end());
        record.context.complete = false;
    }
    const QString folder = QFileInfo(m_path).path();
    const bool made = QDir().mkpath(folder);
    QLockFile lock(m_path + u".lock"_s);
    const bool locked = made && lock.tryLock(lockTime);
    if (locked)
        load(); // somebody else may have built the same file meanwhile
    // One list of files is enough, the newest that there is.
    if (!record.context.files.empty()) {
        for (BuildRecord &old : m_records)
            old.context = {};
    }
    m_records.push_back(std::move(record));
    if (m_records.size() > MaximumRecords)
        m_records.erase(m_records.begin(), m_records.end() - std::ptrdiff_t(MaximumRecords));
    if (!locked)
        return std::unexpected(u"The history of builds cannot be written in %1."_s.arg(folder));
    const std::string json = recordsJson(m_records);
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(json.data(), qint64(json.size())) != qint64(json.size()) || !file.commit())
        return std::unexpected(u"The history of builds cannot be written: %1."_s.arg(file.errorString()));
    return MeasuredImages(folder).keep(m_records.back());
}

const BuildRecord *BuildHistory::lastBuilt(std::string_view target) const
{
    for (auto it = m_records.rbegin(); it != m_records.rend(); ++it) {
        if (it->result == BuildResult::Built && it->target == target)
            return &*it;
    }
    return nullptr;
}

const BuildRecord *BuildHistory::previous(std::string_view target) const
{
    const BuildRecord *any = nullptr;
    for (auto it = m_records.rbegin(); it != m_records.rend(); ++it) {
        if (it->result != BuildResult::Built && it->result != BuildResult::Failed)
            continue;
        if (it->target == target)
            return &*it;
        any = any ? any : &*it;
    }
    return any;
}

} // namespace stagewright::engine
