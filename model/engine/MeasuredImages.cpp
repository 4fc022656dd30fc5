// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/MeasuredImages.h"

#include "engine/BuildHistory.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QLockFile>
#include <QSaveFile>

#include <algorithm>
#include <utility>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

using Json = nlohmann::json;

constexpr int version = 1;
constexpr qint64 largestFile = 1 << 20; // bytes
constexpr int lockTime = 2000;          // ms

} // namespace

MeasuredImages::MeasuredImages(const QString &folder)
    : m_path(folder + u"/images.json"_s)
{
}

bool MeasuredImages::load()
{
    const auto before = std::exchange(m_images, {});
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return !before.empty();
    const QByteArray bytes = file.readAll();
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    const Json images = json.is_object() ? json.value("images", Json::object()) : Json::object();
    if (!images.is_object())
        return !before.empty();
    for (const auto &[reference, image] : images.items()) {
        if (image.is_array() && image.size() == 2 && image[0].is_number_unsigned() && image[1].is_number_integer())
            m_images[reference] = {image[0].get<std::uint64_t>(), image[1].get<std::int64_t>()};
    }
    return m_images != before;
}

std::optional<std::uint64_t> MeasuredImages::bytesOf(std::string_view reference) const
{
    const auto found = m_images.find(reference);
    return found == m_images.end() ? std::nullopt : std::optional(found->second.bytes);
}

std::expected<void, QString> MeasuredImages::keep(const BuildRecord &record)
{
    const auto isNews = [&](const StageRecord &stage) {
        return !stage.base.empty() && stage.baseBytes && bytesOf(stage.base) != stage.baseBytes;
    };
    const auto refuse = [this](const QString &why) {
        return std::unexpected(u"The sizes of images cannot be written to %1: %2."_s.arg(m_path, why));
    };
    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(lockTime))
        return refuse(u"another program keeps it"_s);
    load(); // somebody else may have built something meanwhile
    if (std::ranges::none_of(record.stages, isNews))
        return {};
    for (const StageRecord &stage : record.stages) {
        if (!stage.base.empty() && stage.baseBytes)
            m_images[stage.base] = {*stage.baseBytes, record.when};
    }
    while (m_images.size() > MaximumImages)
        m_images.erase(std::ranges::min_element(m_images, {}, [](const auto &one) { return one.second.when; }));
    Json images = Json::object();
    for (const auto &[reference, image] : m_images)
        images[reference] = {image.bytes, image.when};
    const std::string json = Json{{"version", version}, {"images", std::move(images)}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(json.data(), qint64(json.size())) != qint64(json.size()) || !file.commit())
        return refuse(file.errorString());
    return {};
}

} // namespace stagewright::engine
