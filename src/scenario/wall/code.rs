//! One pixel: a future that waits for its
//! timer, again and again.

use super::pixel::Pixel;

pub async fn light(pixel: Pixel) {
    while pixel.lives_on() {
        let ms = pixel.next_wait();
        // The timer holds this future's waker.
        // Until it fires, the future takes no
        // time at all.
        pixel.sleep(ms).await;
        pixel.work();
    }
}
