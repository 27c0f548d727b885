//! Logistic regression over features that are there or not.

/// AdaGrad's sums of squares begin here, so that nothing is divided by 0.
const SQUARES: f64 = 1e-8;
/// Any number will do.
const SEED: u64 = 0x2545_F491_4F6C_DD1D;

/// What is learnt from.
pub(crate) struct Example {
    /// The numbers of its features.
    pub(crate) features: Vec<u32>,
    /// Whether what is to be learnt holds of it.
    pub(crate) holds: bool,
    /// How much it counts.
    pub(crate) weight: f64,
}

/// How it is learnt.
pub(crate) struct Options {
    /// How often training goes through the examples.
    pub(crate) epochs: usize,
    /// AdaGrad's first step.
    pub(crate) rate: f64,
    /// How strongly weights are pulled to 0, so that what was seen once counts little.
    pub(crate) decay: f64,
}

/// The weights of so many features, by AdaGrad (Duchi et al. 2011). They are averaged over the last half of the epochs, as
/// the order of the examples would show in them otherwise. That order is the one given, shuffled by a linear congruential
/// generator (the multiplier and increment are those of Knuth's MMIX) with a fixed seed.
pub(crate) fn learn(examples: &[Example], features: usize, options: &Options) -> Vec<f64> {
    let mut weights = vec![0.0f64; features];
    let mut squares = vec![SQUARES; features];
    let mut sum = vec![0.0f64; features];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = SEED;
    for epoch in 0..options.epochs {
        for i in (1..order.len()).rev() {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, ((state >> 33) % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let example = &examples[i];
            let score: f64 = (example.features.iter())
                .map(|&f| weights[f as usize])
                .sum();
            let probability = 1.0 / (1.0 + libm::exp(-score));
            let error = (probability - f64::from(u8::from(example.holds))) * example.weight;
            for &f in &example.features {
                let f = f as usize;
                let gradient = error + options.decay * weights[f];
                squares[f] += gradient * gradient;
                weights[f] -= options.rate * gradient / libm::sqrt(squares[f]);
            }
        }
        if epoch >= options.epochs / 2 {
            for (sum, weight) in sum.iter_mut().zip(&weights) {
                *sum += weight;
            }
        }
    }
    let epochs = (options.epochs - options.epochs / 2) as f64;
    sum.into_iter().map(|sum| sum / epochs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_is_told_from_what_does_not() {
        // Feature 0 is always there, 1 where it holds.
        let examples: Vec<Example> = (0..40)
            .map(|i| Example {
                features: if i % 2 == 0 { vec![0, 1] } else { vec![0] },
                holds: i % 2 == 0,
                weight: 1.0,
            })
            .collect();
        let options = Options {
            epochs: 20,
            rate: 0.15,
            decay: 1e-3,
        };
        let weights = learn(&examples, 2, &options);
        assert!(
            weights[0] < 0.0 && weights[0] + weights[1] > 0.0,
            "{weights:?}"
        );
    }
}
