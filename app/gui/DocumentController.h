// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "Context.h"
#include "panels/Templates.h"
#include "session/RecoveryStore.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <vector>

namespace stagewright {

class DocumentArea;
class DocumentPage;
struct FileError;

/// New, open, save, revert, close, recover: everything between documents and files. Says what went wrong in bars.
class DocumentController : public QObject
{
    Q_OBJECT
public:
    DocumentController(const Context &context, DocumentArea &area, const std::vector<Template> &templates,
                       QObject *parent = nullptr);

    DocumentPage *newDocument();
    DocumentPage *newFromTemplate(const QString &id);
    void openWithDialog();
    /// Opens files, or activates the tabs that have them. What cannot be opened is said in a bar.
    void open(const QStringList &paths);
    DocumentPage *openFile(const QString &path);

    bool save(DocumentPage *page);
    bool saveAs(DocumentPage *page);
    bool saveAll();
    /// Back to what is on disk; one undo step.
    void revert(DocumentPage *page);

    /// Asked before documents are closed; false keeps them open.
    using CloseGuard = std::function<bool(const std::vector<DocumentPage *> &)>;
    void setCloseGuard(CloseGuard guard) { m_closeGuard = std::move(guard); }
    /// Asks about unsaved changes. False: cancelled.
    bool close(DocumentPage *page);
    bool closeAll();

    /// Offers what a crash left behind.
    void offerRecovery();

Q_SIGNALS:
    void recentFilesChanged();
    void savedAt(stagewright::DocumentPage *page);

private:
    DocumentPage *makePage();
    void addPage(DocumentPage *page);
    void reportOpenErrors(const QStringList &messages);
    bool reportSave(DocumentPage *page, const FileError &error);
    void showDiskVersion(DocumentPage *page);
    void recover(const std::vector<Recovery> &recoveries);
    void remember(const DocumentPage &page, bool toFront);
    [[nodiscard]] QString freeName(const QString &wish) const;

    const Context &m_context;
    DocumentArea &m_area;
    const std::vector<Template> &m_templates;
    CloseGuard m_closeGuard;
};

} // namespace stagewright
