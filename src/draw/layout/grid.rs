//! Finds things by where they are: each is kept in the squares of a grid that it touches.

use crate::draw::geometry::{Point, Rect, point};

/// The side of a square.
const SIDE: f64 = 120.0;

/// A set of numbered things, each in all squares that it touches.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    squares: Vec<Vec<usize>>,
    n_columns: usize,
    n_rows: usize,
    corner: Point,
}

impl Grid {
    /// Returns an empty grid for an area. Things outside belong to the squares at its border.
    pub(super) fn new(area: &Rect) -> Self {
        let (n_columns, n_rows) = (squares(area.size.width) + 1, squares(area.size.height) + 1);
        let corner = point(area.left(), area.top());
        Self { squares: vec![Vec::new(); n_columns * n_rows], n_columns, n_rows, corner }
    }

    /// Adds a thing to the squares of a rectangle that it lacks in.
    pub(super) fn insert(&mut self, thing: usize, rect: &Rect) {
        for square in self.touched(rect) {
            if !self.squares[square].contains(&thing) {
                self.squares[square].push(thing);
            }
        }
    }

    /// Removes a thing from the squares of a rectangle.
    pub(super) fn remove(&mut self, thing: usize, rect: &Rect) {
        for square in self.touched(rect) {
            self.squares[square].retain(|&other| other != thing);
        }
    }

    /// Returns the things in the squares of a rectangle, some of them more than once.
    pub(super) fn near(&self, rect: &Rect) -> impl Iterator<Item = usize> {
        self.touched(rect).into_iter().flat_map(|square| self.squares[square].iter().copied())
    }

    fn touched(&self, rect: &Rect) -> Vec<usize> {
        let column = |x: f64| squares(x - self.corner.x).min(self.n_columns - 1);
        let row = |y: f64| squares(y - self.corner.y).min(self.n_rows - 1);
        let columns = column(rect.left())..=column(rect.right());
        let rows = row(rect.top())..=row(rect.bottom());
        rows.flat_map(|row| columns.clone().map(move |column| row * self.n_columns + column)).collect()
    }
}

/// The number of whole squares in a length; none in a negative one.
fn squares(length: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is out of range becomes the nearest"
    )]
    let squares = (length / SIDE).max(0.0) as usize;
    squares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found_near_until_it_is_removed() {
        let rect = |left: f64| Rect::spanning(left, 0.0, left + 200.0, 10.0);
        let mut grid = Grid::new(&rect(0.0));
        grid.insert(7, &rect(-500.0));
        grid.insert(8, &rect(150.0));
        assert_eq!(grid.near(&rect(-900.0)).collect::<Vec<_>>(), [7]);
        assert!(grid.near(&rect(150.0)).any(|thing| thing == 8));
        grid.remove(8, &rect(150.0));
        assert!(grid.near(&rect(150.0)).all(|thing| thing != 8));
    }
}
