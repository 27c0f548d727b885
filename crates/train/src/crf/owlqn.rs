//! Minimises a smooth function plus `l1 · Σ|x|`: OWL-QN (Andrew & Gao 2007), which without `l1` is L-BFGS.

/// Pairs of steps and changes of the gradient that stand for the curvature; 6 as in liblbfgs.
const MEMORY: usize = 6;
/// It has converged when this many iterations together gained less than [`LEAST_GAIN`] of the objective.
const PERIOD: usize = 10;
const LEAST_GAIN: f64 = 1e-5;
/// A step must gain at least this share of what the gradient promises (Armijo).
const SUFFICIENT: f64 = 1e-4;
/// How often a step is halved, at most.
const MOST_STEPS: usize = 20;

/// What is minimised, without the L1 term.
pub(crate) trait Function {
    fn dimensions(&self) -> usize;
    /// The value at `x`; overwrites `gradient`. A dimension whose gradient is always 0 stays at 0.
    fn evaluate(&mut self, x: &[f32], gradient: &mut [f32]) -> f64;
}

/// The minimum, starting at `x`, and the objective after each iteration. What is returned is the mean of the points that
/// the iterations after the first `skipped` came to, or the last point if there are none.
pub(crate) fn minimise(
    f: &mut impl Function,
    mut x: Vec<f32>,
    l1: f64,
    iterations: usize,
    skipped: usize,
) -> (Vec<f32>, Vec<f64>) {
    let n = f.dimensions();
    assert_eq!(x.len(), n);
    let mut gradient = vec![0.0f32; n];
    let mut value = f.evaluate(&x, &mut gradient) + l1 * size(&x);
    let mut losses = Vec::new();
    let (mut mean, mut points) = (Vec::new(), 0.0);
    let mut memory: Vec<Pair> = Vec::new();
    let mut steepest = vec![0.0f32; n];
    let (mut next_x, mut next_gradient) = (vec![0.0f32; n], vec![0.0f32; n]);
    for iteration in 1..=iterations {
        steepest_descent(&x, &gradient, l1 as f32, &mut steepest);
        let mut direction = steepest.clone();
        newton(&memory, &mut direction);
        if l1 > 0.0 {
            // Never against the sign in which the objective falls.
            for (d, s) in direction.iter_mut().zip(&steepest) {
                if *d * s <= 0.0 {
                    *d = 0.0;
                }
            }
        }
        let length = dot(&steepest, &steepest).sqrt();
        if length == 0.0 {
            break;
        }
        let mut step = if memory.is_empty() { 1.0 / length } else { 1.0 };
        let mut found = None;
        for _ in 0..MOST_STEPS {
            for i in 0..n {
                let moved = x[i] + step as f32 * direction[i];
                // With L1 a weight that would change its sign stops at 0.
                let orthant = if x[i] != 0.0 { x[i] } else { steepest[i] };
                next_x[i] = if l1 > 0.0 && moved * orthant < 0.0 {
                    0.0
                } else {
                    moved
                };
            }
            let next = f.evaluate(&next_x, &mut next_gradient) + l1 * size(&next_x);
            let promised: f64 = (0..n)
                .map(|i| f64::from(steepest[i]) * f64::from(next_x[i] - x[i]))
                .sum();
            if next <= value - SUFFICIENT * promised {
                found = Some(next);
                break;
            }
            step *= 0.5;
        }
        let Some(next) = found else {
            if memory.is_empty() {
                break;
            }
            memory.clear(); // the curvature misled; start over with the gradient
            continue;
        };
        let pair = Pair::between(&x, &next_x, &gradient, &next_gradient);
        // Only positive curvature keeps the direction one of descent.
        if pair.curvature > 0.0 {
            if memory.len() == MEMORY {
                memory.remove(0);
            }
            memory.push(pair);
        }
        std::mem::swap(&mut x, &mut next_x);
        std::mem::swap(&mut gradient, &mut next_gradient);
        value = next;
        losses.push(value);
        if iteration > skipped {
            mean.resize(n, 0.0);
            points += 1.0;
            for (mean, x) in mean.iter_mut().zip(&x) {
                *mean += (x - *mean) / points;
            }
        }
        if iteration % PERIOD == 0 {
            let kept = x.iter().filter(|w| **w != 0.0).count();
            eprintln!("iteration {iteration}: {value:.2}, {kept} weights are not 0");
            let before = losses.len().checked_sub(PERIOD + 1);
            if before.is_some_and(|before| losses[before] - value < LEAST_GAIN * value) {
                break;
            }
        }
    }
    if points > 0.0 {
        x = mean;
    }
    (x, losses)
}

/// A step and how the gradient changed on it.
struct Pair {
    step: Vec<f32>,
    change: Vec<f32>,
    curvature: f64,
}

impl Pair {
    fn between(x: &[f32], next_x: &[f32], gradient: &[f32], next_gradient: &[f32]) -> Self {
        let difference = |a: &[f32], b: &[f32]| b.iter().zip(a).map(|(b, a)| b - a).collect();
        let step: Vec<f32> = difference(x, next_x);
        let change: Vec<f32> = difference(gradient, next_gradient);
        Self {
            curvature: dot(&step, &change),
            step,
            change,
        }
    }
}

/// The negative (pseudo-)gradient: with L1, 0 where the objective falls on neither side.
fn steepest_descent(x: &[f32], gradient: &[f32], l1: f32, out: &mut [f32]) {
    for ((o, &x), &g) in out.iter_mut().zip(x).zip(gradient) {
        *o = if l1 == 0.0 {
            -g
        } else if x > 0.0 {
            -(g + l1)
        } else if x < 0.0 {
            -(g - l1)
        } else if g < -l1 {
            -(g + l1)
        } else if g > l1 {
            -(g - l1)
        } else {
            0.0
        };
    }
}

/// Turns the steepest descent into the quasi-Newton direction: the two loops of Nocedal (1980).
fn newton(memory: &[Pair], direction: &mut [f32]) {
    let mut shares = Vec::with_capacity(memory.len());
    for pair in memory.iter().rev() {
        let share = dot(&pair.step, direction) / pair.curvature;
        add(direction, -share, &pair.change);
        shares.push(share);
    }
    if let Some(last) = memory.last() {
        let scale = (last.curvature / dot(&last.change, &last.change)) as f32;
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for (pair, share) in memory.iter().zip(shares.iter().rev()) {
        let correction = share - dot(&pair.change, direction) / pair.curvature;
        add(direction, correction, &pair.step);
    }
}

/// Sums blocks in `f32` lanes and the blocks in `f64`: fast, exact enough, and always in the same order.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let blocks = a.chunks(256).zip(b.chunks(256));
    blocks
        .map(|(a, b)| {
            let mut lanes = [0.0f64; 8];
            for (a, b) in a.chunks(8).zip(b.chunks(8)) {
                for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
                    *lane += f64::from(*a) * f64::from(*b);
                }
            }
            lanes.iter().sum::<f64>()
        })
        .sum()
}

fn add(to: &mut [f32], factor: f64, what: &[f32]) {
    let factor = factor as f32;
    for (t, w) in to.iter_mut().zip(what) {
        *t += factor * w;
    }
}

fn size(x: &[f32]) -> f64 {
    x.chunks(256)
        .map(|block| f64::from(block.iter().map(|x| x.abs()).sum::<f32>()))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Σ scaleᵢ (xᵢ - targetᵢ)² / 2`
    struct Bowl {
        scale: Vec<f32>,
        target: Vec<f32>,
    }

    impl Function for Bowl {
        fn dimensions(&self) -> usize {
            self.target.len()
        }
        fn evaluate(&mut self, x: &[f32], gradient: &mut [f32]) -> f64 {
            let mut value = 0.0;
            for i in 0..x.len() {
                let d = x[i] - self.target[i];
                gradient[i] = self.scale[i] * d;
                value += f64::from(self.scale[i] * d * d) / 2.0;
            }
            value
        }
    }

    fn bowl() -> Bowl {
        Bowl {
            scale: vec![1.0, 50.0, 0.3, 7.0, 2.0],
            target: vec![3.0, -2.0, 0.5, 0.05, 0.0],
        }
    }

    #[test]
    fn finds_the_minimum_of_a_bowl() {
        let (x, losses) = minimise(&mut bowl(), vec![0.0; 5], 0.0, 200, 200);
        for (x, target) in x.iter().zip(bowl().target) {
            assert!((x - target).abs() < 0.01, "{x} {target}");
        }
        assert!(losses.is_sorted_by(|a, b| a >= b));
    }

    /// Each weight is drawn to 0 by `l1 / scale`, and is exactly 0 where that is further than the target.
    #[test]
    fn l1_shrinks_weights_and_makes_small_ones_zero() {
        let (x, _) = minimise(&mut bowl(), vec![1.0; 5], 0.5, 200, 200);
        let expected = [2.5, -1.99, 0.0, 0.0, 0.0];
        for (x, expected) in x.iter().zip(expected) {
            assert!((x - expected).abs() < 0.01, "{x} {expected}");
        }
        assert_eq!(x[2..], [0.0; 3]);
    }

    #[test]
    fn the_mean_of_the_last_points() {
        let point =
            |iterations, skipped| minimise(&mut bowl(), vec![0.0; 5], 0.0, iterations, skipped).0;
        let (third, fourth, mean) = (point(3, 3), point(4, 4), point(4, 2));
        for i in 0..5 {
            assert!((mean[i] - (third[i] + fourth[i]) / 2.0).abs() < 1e-5);
        }
    }
}
