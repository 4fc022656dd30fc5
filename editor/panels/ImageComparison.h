// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/FindingChanges.h"
#include "panels/ComparisonModel.h"
#include "semantics/BuildGraph.h"
#include "text/EditTransaction.h"

#include <QDialog>

#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QTableView;
class QTextBrowser;
QT_END_NAMESPACE

namespace stagewright {

class DiffPreview;
class DocumentSession;
class Theme;

/// An image beside its siblings, and what the document would be with another one: the lines that change, and the
/// findings that go and come. Using one is one undo step.
class ImageComparison : public QDialog
{
    Q_OBJECT
public:
    /// The base image of @p stage, or of the stage that it is built upon. Null when that image has no siblings; say
    /// noSiblings() then.
    [[nodiscard]] static ImageComparison *forStage(DocumentSession &session, const Theme &theme, StageId stage,
                                                   QWidget *parent);
    /// An image that the document need not have ("node:22-alpine"); using it asks for a stage FROM it. Null as above.
    [[nodiscard]] static ImageComparison *forImage(DocumentSession &session, const Theme &theme,
                                                   const QString &reference, QWidget *parent);
    [[nodiscard]] static QString noSiblings(const QString &reference);
    /// What forStage() compares; "" when the stage starts from nothing that is known.
    [[nodiscard]] static QString imageOf(const DocumentSession &session, StageId stage);

    [[nodiscard]] const ComparisonModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &table() const { return *m_table; }
    [[nodiscard]] QPushButton &useButton() const { return *m_use; }
    [[nodiscard]] const FindingChanges &changes() const { return m_changes; }
    [[nodiscard]] const DiffPreview &preview() const { return *m_preview; }
    void choose(int row);

Q_SIGNALS:
    /// Only of forImage().
    void stageWanted(const QString &reference);

private:
    ImageComparison(DocumentSession &session, const Theme &theme, Siblings siblings, StageId root, QWidget *parent);
    void build();
    void showChoice();
    void use();
    [[nodiscard]] QString changesText() const;
    [[nodiscard]] int tableWidth() const;

    DocumentSession &m_session;
    const Theme &m_theme;
    StageId m_root; ///< Whose FROM is replaced; None: none is.
    ComparisonModel *m_model;
    QTableView *m_table;
    DiffPreview *m_preview;
    QLabel *m_previewTitle;
    QTextBrowser *m_effects;
    QPushButton *m_use;
    std::optional<EditTransaction> m_edit;
    FindingChanges m_changes;
};

} // namespace stagewright
