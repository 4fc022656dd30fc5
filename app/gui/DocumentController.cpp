// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "DocumentController.h"

#include "DocumentArea.h"
#include "DocumentPage.h"
#include "Prompts.h"
#include "Settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace stagewright {

using Subject = MessageBars::Subject;

DocumentController::DocumentController(const Context &context, DocumentArea &area,
                                       const std::vector<Template> &templates, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_area(area)
    , m_templates(templates)
{
    connect(&area, &DocumentArea::closeRequested, this, [this](DocumentPage *page) { close(page); });
}

DocumentPage *DocumentController::makePage()
{
    auto *page = new DocumentPage(m_context, &m_area);
    page->hide(); // until it has a tab
    connect(page, &DocumentPage::saveRequested, this, [this, page] { save(page); });
    connect(page, &DocumentPage::showDiskVersionRequested, this, [this, page] { showDiskVersion(page); });
    return page;
}

void DocumentController::addPage(DocumentPage *page)
{
    m_area.add(page);
    page->setFocus();
}

QString DocumentController::freeName(const QString &wish) const
{
    const auto pages = m_area.pages();
    QString name = wish;
    for (int number = 2; std::ranges::any_of(
             pages,
             [&](const DocumentPage *page) { return page->file().path().isEmpty() && page->file().name() == name; });
         ++number) {
        name = wish + QLatin1Char(' ') + QString::number(number);
    }
    return name;
}

DocumentPage *DocumentController::newDocument()
{
    DocumentPage *page = makePage();
    page->file().openUntitled(SourceText(), freeName(QStringLiteral("Dockerfile")));
    addPage(page);
    return page;
}

DocumentPage *DocumentController::newFromTemplate(const QString &id)
{
    const auto found = std::ranges::find(m_templates, id, &Template::id);
    if (found == m_templates.end()) {
        return nullptr;
    }
    auto text = SourceText::fromBytes(found->text);
    if (!text) {
        return nullptr;
    }
    DocumentPage *page = makePage();
    page->file().openUntitled(std::move(*text), freeName(found->id + QStringLiteral(".Dockerfile")));
    addPage(page);
    return page;
}

void DocumentController::openWithDialog()
{
    QString folder = m_context.settings.lastFolder();
    if (const DocumentPage *page = m_area.current(); page && !page->file().path().isEmpty()) {
        folder = QFileInfo(page->file().path()).absolutePath();
    }
    open(m_context.prompts.openFiles(m_area.window(), folder));
}

void DocumentController::open(const QStringList &paths)
{
    QStringList problems;
    for (const QString &path : paths) {
        const QString canonical = QFileInfo(path).canonicalFilePath();
        const auto pages = m_area.pages();
        const auto old = std::ranges::find_if(pages, [&](const DocumentPage *page) {
            return !canonical.isEmpty() && QFileInfo(page->file().path()).canonicalFilePath() == canonical;
        });
        if (old != pages.end()) {
            m_area.activate(*old);
            continue;
        }
        DocumentPage *page = makePage();
        if (const auto opened = page->file().open(QFileInfo(path).absoluteFilePath()); !opened) {
            problems << opened.error().message;
            delete page;
            continue;
        }
        addPage(page);
        remember(*page, true);
        m_context.settings.setLastFolder(QFileInfo(path).absolutePath());
    }
    reportOpenErrors(problems);
}

DocumentPage *DocumentController::openFile(const QString &path)
{
    open({path});
    DocumentPage *page = m_area.current();
    return page && QFileInfo(page->file().path()) == QFileInfo(path) ? page : nullptr;
}

void DocumentController::reportOpenErrors(const QStringList &messages)
{
    if (messages.isEmpty()) {
        m_area.bars().hide(Subject::Open);
    } else {
        m_area.bars().show(Subject::Open, MessageBar::Level::Error, messages.join(QLatin1Char('\n')));
    }
}

void DocumentController::remember(const DocumentPage &page, bool toFront)
{
    const DocumentPage::Counts counts = page.counts();
    if (page.file().path().isEmpty()) {
        return;
    }
    if (toFront) {
        m_context.settings.addRecentFile(
            {page.file().path(), QDateTime::currentDateTime(), counts.errors, counts.warnings});
    } else {
        m_context.settings.setRecentCounts(page.file().path(), counts.errors, counts.warnings);
    }
    Q_EMIT recentFilesChanged();
}

bool DocumentController::reportSave(DocumentPage *page, const FileError &error)
{
    MessageBars &bars = page->bars();
    if (error.kind == FileError::Kind::ChangedOnDisk) {
        bars.hide(Subject::Disk); // this bar says the same and more
        bars.show(Subject::Save, MessageBar::Level::Warning, error.message,
                  {{tr("Overwrite"),
                    [this, page] {
                        if (const auto done = page->file().save(DocumentFile::Overwrite::Yes); !done) {
                            reportSave(page, done.error());
                        } else {
                            remember(*page, true);
                            Q_EMIT savedAt(page);
                        }
                    }},
                   {tr("Reload"), [this, page] { revert(page); }},
                   {tr("Save as…"), [this, page] { saveAs(page); }, true}});
    } else {
        bars.show(Subject::Save, MessageBar::Level::Error, error.message,
                  {{tr("Save as…"), [this, page] { saveAs(page); }}});
    }
    m_area.activate(page);
    return false;
}

bool DocumentController::save(DocumentPage *page)
{
    if (page->file().path().isEmpty()) {
        return saveAs(page);
    }
    if (const auto done = page->file().save(); !done) {
        return reportSave(page, done.error());
    }
    page->bars().hide(Subject::Save);
    remember(*page, true);
    Q_EMIT savedAt(page);
    return true;
}

bool DocumentController::saveAs(DocumentPage *page)
{
    QString suggestion = page->file().path();
    if (suggestion.isEmpty()) {
        suggestion = QDir(m_context.settings.lastFolder()).filePath(page->file().name());
    }
    const QString path = m_context.prompts.saveFile(m_area.window(), suggestion);
    if (path.isEmpty()) {
        return false;
    }
    if (const auto done = page->file().saveAs(path); !done) {
        return reportSave(page, done.error());
    }
    page->bars().hide(Subject::Save);
    m_context.settings.setLastFolder(QFileInfo(path).absolutePath());
    remember(*page, true);
    Q_EMIT savedAt(page);
    return true;
}

bool DocumentController::saveAll()
{
    const auto pages = m_area.pages();
    return std::ranges::all_of(pages, [this](DocumentPage *page) { return !page->file().isModified() || save(page); });
}

void DocumentController::revert(DocumentPage *page)
{
    if (page->file().path().isEmpty()) {
        return;
    }
    if (const auto done = page->file().reload(); !done) {
        page->bars().show(Subject::Save, MessageBar::Level::Error, done.error().message);
    }
}

void DocumentController::showDiskVersion(DocumentPage *page)
{
    QFile file(page->file().path());
    if (!file.open(QIODevice::ReadOnly)) {
        page->bars().show(Subject::Save, MessageBar::Level::Error,
                          tr("%1 cannot be read: %2").arg(page->file().name(), file.errorString()));
        return;
    }
    const QByteArray bytes = file.readAll();
    auto text = SourceText::fromBytes(bytes.toStdString());
    DocumentPage *copy = makePage();
    copy->file().openUntitled(text ? std::move(*text) : SourceText::fromBytesLossy(bytes.toStdString()),
                              tr("%1 (on disk)").arg(page->file().name()));
    copy->session().setReadOnly(true);
    addPage(copy);
    // The question is still open.
    page->bars().show(
        Subject::Disk, MessageBar::Level::Warning,
        tr("Another program changed %1. Its version is in the tab beside this one.").arg(page->file().name()),
        {{tr("Reload"), [this, page] { revert(page); }, true},
         {tr("Keep mine"), [page] { page->file().ignoreDiskChange(); }}},
        false);
}

bool DocumentController::close(DocumentPage *page)
{
    if (m_closeGuard && !m_closeGuard({page})) {
        return false;
    }
    if (page->file().isModified()) {
        m_area.activate(page);
        switch (m_context.prompts.unsavedChanges(m_area.window(), {page->file().name()})) {
        case Prompts::Unsaved::Cancel: return false;
        case Prompts::Unsaved::Save:
            if (!save(page)) {
                return false;
            }
            break;
        case Prompts::Unsaved::Discard: break;
        }
    } else {
        remember(*page, false);
    }
    m_area.remove(page);
    return true;
}

bool DocumentController::closeAll()
{
    QStringList names;
    const auto pages = m_area.pages();
    if (m_closeGuard && !m_closeGuard(pages)) {
        return false;
    }
    for (const DocumentPage *page : pages) {
        if (page->file().isModified()) {
            names << page->file().name();
        }
    }
    if (!names.isEmpty()) {
        switch (m_context.prompts.unsavedChanges(m_area.window(), names)) {
        case Prompts::Unsaved::Cancel: return false;
        case Prompts::Unsaved::Save:
            if (!saveAll()) {
                return false;
            }
            break;
        case Prompts::Unsaved::Discard: break;
        }
    }
    for (DocumentPage *page : pages) {
        if (!page->file().isModified()) {
            remember(*page, false);
        }
        m_area.remove(page);
    }
    return true;
}

void DocumentController::offerRecovery()
{
    const RecoveryStore store(m_context.dataFolder + QStringLiteral("/recovery"));
    const std::vector<Recovery> found = store.abandoned();
    if (found.empty()) {
        return;
    }
    QStringList names;
    for (const Recovery &recovery : found) {
        names << (recovery.path.isEmpty() ? tr("a document without a name") : recovery.path);
    }
    m_area.bars().show(Subject::Recovery, MessageBar::Level::Warning,
                       tr("Stagewright did not end properly last time. There are changes that were not saved: %1")
                           .arg(names.join(QStringLiteral(", "))),
                       {{tr("Recover"), [this, found] { recover(found); }, true},
                        {tr("Throw away"), [this, found] {
                             const RecoveryStore recoveries(m_context.dataFolder + QStringLiteral("/recovery"));
                             for (const Recovery &recovery : found) {
                                 recoveries.discard(recovery.id);
                             }
                         }}});
}

void DocumentController::recover(const std::vector<Recovery> &recoveries)
{
    QStringList problems;
    for (const Recovery &recovery : recoveries) {
        DocumentPage *page = makePage();
        if (const auto opened = page->file().openRecovered(recovery); !opened) {
            problems << opened.error().message;
            delete page;
            continue;
        }
        addPage(page);
    }
    reportOpenErrors(problems);
}

} // namespace stagewright
