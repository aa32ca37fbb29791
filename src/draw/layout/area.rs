//! The areas of groups: bands that join the boxes of each group by a short tree, so that an area holds its own nodes and
//! passes between others.

use super::{PlacedArea, PlacedNode};
use crate::draw::Diagram;
use crate::draw::geometry::Point;

/// Returns the area of each group. O(n²) with n nodes in a group.
pub(super) fn areas(diagram: &Diagram, nodes: &[PlacedNode]) -> Vec<PlacedArea> {
    let areas = (0..diagram.groups.len()).map(|group| {
        let members = diagram.nodes.iter().zip(nodes).filter(|(node, _)| node.group == Some(group));
        let boxes: Vec<_> = members.map(|(_, placed)| placed.rect).collect();
        let centers: Vec<Point> = boxes.iter().map(|rect| rect.center).collect();
        PlacedArea { bands: tree(&centers), boxes }
    });
    areas.collect()
}

/// The shortest tree that joins some places ([Prim](https://doi.org/10.1002/j.1538-7305.1957.tb01515.x)).
fn tree(places: &[Point]) -> Vec<[Point; 2]> {
    let Some((&first, rest)) = places.split_first() else { return Vec::new() };
    let mut open: Vec<(Point, Point)> = rest.iter().map(|&place| (place, first)).collect();
    let mut bands = Vec::new();
    while let Some(nearest) =
        (0..open.len()).min_by(|&a, &b| open[a].0.distance(open[a].1).total_cmp(&open[b].0.distance(open[b].1)))
    {
        let (place, from) = open.swap_remove(nearest);
        bands.push([from, place]);
        for (other, near) in &mut open {
            if other.distance(place) < other.distance(*near) {
                *near = place;
            }
        }
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::geometry::point;

    #[test]
    fn a_tree_joins_all_places_by_short_ways() {
        let places = [point(0.0, 0.0), point(30.0, 0.0), point(10.0, 0.0), point(20.0, 0.0)];
        let length: f64 = tree(&places).iter().map(|[from, to]| from.distance(*to)).sum();
        assert!((length - 30.0).abs() < 1e-9);
        assert!(tree(&[]).is_empty());
    }
}
