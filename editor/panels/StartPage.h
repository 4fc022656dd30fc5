// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "panels/Templates.h"

#include <QDateTime>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
class QScrollArea;
class QVBoxLayout;
QT_END_NAMESPACE

namespace stagewright {

class Linter;
class TemplateCard;
class Theme;

/// A file that was open before.
struct RecentFile
{
    QString path;
    QDateTime opened;
    int errors = -1; ///< When it was last closed or saved; -1: not known.
    int warnings = -1;
};

/// What the window shows while no document is open: new, open, recent files, and the templates as pictures.
class StartPage : public QWidget
{
    Q_OBJECT
public:
    StartPage(const Theme &theme, const Linter &linter, std::vector<Template> templates, QWidget *parent = nullptr);
    ~StartPage() override;

    void setRecentFiles(const std::vector<RecentFile> &files);
    [[nodiscard]] int shownTemplates() const;

Q_SIGNALS:
    void newRequested();
    void openRequested();
    void fileRequested(const QString &path);
    void templateRequested(const QString &id);
    void clearRecentRequested();
    void forgetRequested(const QString &path);
    void shortcutsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeSide();
    QWidget *makeTemplates();
    void setLanguage(const QString &language);
    void arrangeCards();
    void applyColours();

    const Theme &m_theme;
    const Linter &m_linter;
    std::vector<Template> m_templates;
    std::vector<TemplateCard *> m_cards;
    std::vector<QWidget *> m_fillers; ///< In the columns that a short row leaves empty.
    QWidget *m_side = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_cardArea = nullptr;
    QGridLayout *m_grid = nullptr;
    QGridLayout *m_brokenGrid = nullptr;
    QWidget *m_brokenTitle = nullptr;
    QVBoxLayout *m_recent = nullptr;
    QWidget *m_recentTitle = nullptr;
    QLabel *m_noRecent = nullptr;
    std::vector<QLabel *> m_captions;
    QString m_language; ///< Empty: all.
    int m_columns = 0;
};

} // namespace stagewright
