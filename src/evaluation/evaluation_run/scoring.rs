//! Scoring all groups, some rows at a time.

use super::super::EvaluationError;
use super::super::baselines::{Neighbours, SLICE_COST};
use super::EvaluationTurn;
use super::plan::{Group, N_NEIGHBOURS, Plan};
use super::scores::GroupScores;
use crate::pca::Pca;

/// The groups that are scored, and the one that is being scored.
#[derive(Clone, Debug)]
pub(super) struct Scoring {
    pca: Pca,
    /// Codes of training items, known once the first group is done.
    code_neighbours: Neighbours,
    codes: Vec<f32>,
    done: Vec<GroupScores>,
    present: GroupScores,
    /// Rows of the present group that are dealt with.
    n_done: usize,
    batch: Option<Batch>,
}

/// Rows that the network reconstructs, or has reconstructed.
#[derive(Clone, Debug)]
struct Batch {
    rows: Vec<f32>,
    answer: Option<Answer>,
    n_scored: usize,
}

/// What the network made of a batch.
#[derive(Clone, Debug)]
struct Answer {
    errors: Vec<f32>,
    codes: Vec<f32>,
}

impl Scoring {
    pub fn new(pca: Pca, plan: &Plan) -> Self {
        Self {
            pca,
            code_neighbours: Neighbours::new(&[], plan.code_size, N_NEIGHBOURS),
            codes: Vec::new(),
            done: Vec::new(),
            present: GroupScores::default(),
            n_done: 0,
            batch: None,
        }
    }

    /// Whether every group is scored.
    pub fn is_done(&self, plan: &Plan) -> bool {
        self.done.len() == plan.groups.len()
    }

    /// The scores of all groups, in their order; nothing is left here.
    pub fn take_scores(&mut self) -> Vec<GroupScores> {
        std::mem::take(&mut self.done)
    }

    /// The part of all rows that is scored, 0…1.
    pub fn progress(&self, plan: &Plan) -> f32 {
        let sizes = plan.groups.iter().map(|&group| plan.n_rows(group));
        let n_rows: usize = sizes.clone().sum();
        let n_before: usize = sizes.take(self.done.len()).sum();
        (n_before + self.n_done) as f32 / n_rows.max(1) as f32
    }

    /// One slice, or rows for the network; not to be called when all is done.
    pub fn advance(&mut self, plan: &Plan, most_rows: usize) -> EvaluationTurn {
        let Some(&group) = plan.groups.get(self.done.len()) else {
            return EvaluationTurn::Computed;
        };
        match &self.batch {
            None => {
                let rows = plan.rows(group, self.n_done, most_rows.max(1));
                self.batch = Some(Batch {
                    rows: rows.clone(),
                    answer: None,
                    n_scored: 0,
                });
                EvaluationTurn::Reconstruct(rows)
            }
            Some(Batch {
                answer: None, rows, ..
            }) => EvaluationTurn::Reconstruct(rows.clone()),
            Some(_) => {
                self.score_some(plan, group);
                EvaluationTurn::Computed
            }
        }
    }

    /// Takes what the network made of the rows that were asked about.
    pub fn answer(
        &mut self,
        plan: &Plan,
        reconstructions: &[f32],
        codes: &[f32],
    ) -> Result<(), EvaluationError> {
        let wrong = |n_rows| EvaluationError::WrongAnswer {
            n_values: reconstructions.len(),
            n_rows,
        };
        let Some(batch) = self.batch.as_mut().filter(|batch| batch.answer.is_none()) else {
            return Err(wrong(0));
        };
        let n_rows = batch.rows.len() / plan.items.width;
        if reconstructions.len() != batch.rows.len() || codes.len() != n_rows * plan.code_size {
            return Err(wrong(n_rows));
        }
        let width = plan.items.width;
        batch.answer = Some(Answer {
            errors: plan.measure.of_rows(&batch.rows, reconstructions, width),
            codes: codes.to_vec(),
        });
        Ok(())
    }

    /// Lets the other methods score some rows of the batch; what the group's last rows end ends the group.
    fn score_some(&mut self, plan: &Plan, group: Group) {
        let Some(Batch {
            rows,
            answer: Some(answer),
            n_scored,
        }) = &mut self.batch
        else {
            return;
        };
        let (width, code_size) = (plan.items.width, plan.code_size);
        let n_rows = rows.len() / width;
        let n_some = if group == Group::Reference {
            self.codes.append(&mut answer.codes);
            n_rows
        } else {
            let cost = plan.neighbours.cost() + self.code_neighbours.cost() + self.pca.cost();
            let n_some = (SLICE_COST / cost.max(1)).clamp(1, n_rows - *n_scored);
            let span = *n_scored..*n_scored + n_some;
            let some = &rows[span.start * width..span.end * width];
            let codes = &answer.codes[span.start * code_size..span.end * code_size];
            let measure = |reconstructed: &dyn Fn(&[f32]) -> Vec<f32>| -> Vec<f32> {
                let rows = some.chunks_exact(width);
                rows.map(|row| plan.measure.of(row, &reconstructed(row)))
                    .collect()
            };
            self.present.extend(GroupScores {
                errors: answer.errors[span].to_vec(),
                code_distances: self.code_neighbours.mean_distances(codes),
                mean_item: measure(&|_| plan.mean_item.clone()),
                pca: measure(&|row| self.pca.reconstruct(row)),
                neighbours: plan.neighbours.mean_distances(some),
            });
            n_some
        };
        *n_scored += n_some;
        self.n_done += n_some;
        if *n_scored == n_rows {
            self.batch = None;
        }
        if self.n_done == plan.n_rows(group) {
            self.end_group(plan, group);
        }
    }

    fn end_group(&mut self, plan: &Plan, group: Group) {
        if group == Group::Reference {
            let codes = std::mem::take(&mut self.codes);
            self.code_neighbours = Neighbours::new(&codes, plan.code_size, N_NEIGHBOURS);
        }
        self.done.push(std::mem::take(&mut self.present));
        self.n_done = 0;
    }
}
